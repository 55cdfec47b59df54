"""Prints what a comparison counted, and by name what nothing explains."""


def tell(counts, unexplained):
    """The exit code: 1 when something is unexplained. `unexplained` holds names with words that are missing."""
    for what, count in counts.most_common():
        print(f"{count:7} {what}")
    for name, words in unexplained:
        print(name, " ".join(words))
    return 1 if unexplained else 0
