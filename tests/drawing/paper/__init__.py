"""Tests of what is printed, measured on the pictures and in the files."""
