"""Pictures: those that authors give, and what is made of photographs; of pixels, not of marks."""
