"""What in a comment would expose somebody, at the desk: pointed out, and taken out at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from blog.comments.deciding import revision_seen
from blog.guarding.removing import remove_exposed
from blog.models import Comment
from editorial.states import CannotNow


def remove(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Take it out of the comment as this moderator saw it.

    Raises:
        CannotNow: the comment is another one now, or there is nothing to take out.
    """
    if revision_seen(request.POST.get("revision", "")) not in (None, comment.revision):
        raise CannotNow(_("This comment has changed meanwhile. Look at it again."))
    decision = remove_exposed(comment, by=request.user)
    messages.success(request, _("Removed: %(what)s.") % {"what": decision.reason})
    return HttpResponseRedirect(request.path)
