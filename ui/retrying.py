"""What a full disk did not take is kept by itself as soon as there is room again."""

from desktop.errors import AppError, DiskFull
from i18n import tr
from ui.messages import sentence, what_happened
from ui.often import Soon


class Retry(Soon):
    """Keeps once more, some seconds after a full disk refused: somebody may have made room."""

    def after(self, error: AppError) -> str:
        """Ask again where the disk was full; return what to say, and nothing that is not so."""
        if not isinstance(error, DiskFull):
            return sentence(error)
        self.begin()
        return retried(error)


def retried(error: AppError) -> str:
    """Say what happened and what to do next, where a full disk is asked again by itself."""
    if not isinstance(error, DiskFull):
        return sentence(error)
    then = tr("Free some space; it is saved again by itself.")
    return f"{what_happened(error)} {then}"
