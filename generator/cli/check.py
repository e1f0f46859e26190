"""The command `check`: look over a built site."""

from argparse import Namespace

from generator.errors import AuthorError, counted, shown_path


def check_built_site(options: Namespace) -> int:
    """Say what a built site holds, where all of it is right, and return the exit code.

    Raises:
        AuthorError: every link that leads nowhere, and all else that is wrong.

    """
    # Late, so that a wrong usage is told at once.
    from generator.site import BUDGETS, check_site, site_in_folder, weight  # noqa: PLC0415

    report = check_site(site_in_folder(options.out))
    if report.problems:
        raise AuthorError(report.problems)
    counts = (
        counted(report.pages, "page"),
        counted(report.links, "link"),
        counted(report.pictures, "picture"),
    )
    spent = f"{weight(report.size)} of at most {weight(BUDGETS.site)}"
    print(f"{', '.join(counts)} in {shown_path(options.out)}/ are right; {spent}.")
    return 0
