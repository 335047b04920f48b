"""What pages and exports may ask of the warehouse: one named function per question.

Every function takes a reader (a cursor, and what it may see) and returns a polars frame. It asks the views `zicht.*`
(what the reader may see whole) and `netwerk.*` (everything, of others without what tells whose it is). Values are
bound, never formatted into the SQL. The word 'alle' as a filter value means: no filter.
"""
