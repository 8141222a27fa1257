"""Errors of the operating system, as reasons."""

import errno


def describe(error: OSError | ValueError) -> tuple[str, str]:
    """Give the slug and the sentence for an error of the operating system."""
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.EACCES, errno.EPERM):
        return "no-permission", "you may not read it: change its permissions or leave it out"
    if code in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return "missing", "there is no such file or directory: check the spelling"
    if code == errno.ELOOP:
        return "link-loop", "it is a symbolic link that leads back to itself"
    return "unreadable", f"it cannot be read: {getattr(error, 'strerror', None) or error}"
