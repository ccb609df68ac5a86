"""What a machine can notice about a rendering beside its original. It asks; it never corrects.

A check is a function from a pair of texts and the document they belong to, to what it noticed
(``registry.check``). It reads no database: ``reading`` does, for all of them at once.
"""
