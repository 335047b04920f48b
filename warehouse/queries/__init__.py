"""What pages and exports may ask of the warehouse: one named function per question.

Every function takes a cursor and returns a polars frame. Values are bound, never formatted into the SQL.
The word 'alle' as a filter value means: no filter.
"""
