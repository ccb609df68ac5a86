"""The translation desk's exchange: passages out to other tools, and their renderings back in.

What travels is the passages and their renderings, and nothing else of an appeal: no signatory,
person, credit or note is ever read here, so no withheld name can leave with a file.
"""
