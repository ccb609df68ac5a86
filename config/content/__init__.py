"""The content folder: a newsroom's posts and appeals as plain files, in and out.

``reading`` turns a folder into records that know the file and line of everything they say,
``checking`` holds them against themselves and the database, ``writing`` writes them there, and
``exporting`` writes such a folder again.
"""
