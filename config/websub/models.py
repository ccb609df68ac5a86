"""What the hub has been told: a moment, and nothing about any text."""

from django.db import models


class Ping(models.Model):
    """The only row: how far the hub has been told of what became public and what ended.

    A round tells of what changed from ``told_until`` to ``round_until``. One that was broken off
    goes on after the feed that was told last: feeds have an order in which no name can be read.
    """

    told_until = models.DateTimeField()
    round_until = models.DateTimeField(null=True)
    #: The mark of the feed that was told last in this round (config.websub.topics.mark).
    told_mark = models.CharField(max_length=64, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.told_until.isoformat()
