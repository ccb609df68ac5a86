"""Addresses of posts: the year and month of first publication, and the slug."""

from django.urls import path

from blog import archives, views
from blog.comments import (
    figures_views,
    proposal_views,
    receipt_views,
    report_views,
    telling_views,
)
from blog.comments import views as comment_views
from editorial import converters as converters

app_name = "blog"

POST = "<year:year>/<month:month>/<slug:slug>/"
TEXT = "appeals/<slug:slug>/<language:lang>/"
RECEIPT = "comments/receipt/<str:token>/"

urlpatterns = [
    path("posts/", archives.archive, name="archive"),
    path("comments/figures/", figures_views.figures, name="figures"),
    path(RECEIPT, receipt_views.receipt, name="receipt"),
    path(f"{RECEIPT}correct/", receipt_views.correcting, name="receipt_correct"),
    path(f"{RECEIPT}withdraw/", receipt_views.withdrawing, name="receipt_withdraw"),
    path(f"{RECEIPT}erase/", receipt_views.erasing, name="receipt_erase"),
    path(f"{RECEIPT}export/", receipt_views.exporting, name="receipt_export"),
    path(f"{RECEIPT}replies/", receipt_views.telling, name="receipt_replies"),
    path("comments/replies/<str:token>/", telling_views.replies, name="replies"),
    path("comments/replies/<str:token>/<slug:key>/", telling_views.reply, name="reply"),
    path(f"{TEXT}passages/<slug:passage>/", proposal_views.proposal, name="proposal"),
    path(f"{TEXT}<key:key>/passages/<slug:passage>/", proposal_views.proposal, name="proposal"),
    path("labels/", views.labels, name="labels"),
    path("labels/<slug:slug>/", views.label, name="label"),
    path("<year:year>/", archives.year, name="year"),
    path("<year:year>/<month:month>/", archives.month, name="month"),
    path(POST, views.post, name="post"),
    path(f"{POST}comment/", comment_views.comment, name="comment"),
    path(f"{POST}comments/", comment_views.comments, name="comments"),
    path(f"{POST}comments/<slug:key>/", comment_views.permalink, name="permalink"),
    path(f"{POST}comments/<slug:key>/report/", report_views.reporting, name="report"),
    path(f"{POST}editions/", views.history, name="history"),
    path(f"{POST}editions/<number:number>/", views.edition, name="edition"),
    path(f"{POST}editions/<number:old>-<number:new>/", views.compare, name="compare"),
]
