"""A table in plain HTML: the grid is a drawing, this can be read line by line and walked through by keyboard."""

from html import escape

import streamlit as st

from dashboard.tables import NUMERIC, Table

#: Characters that stay on one line.
_SHORT = 14


def plain_table_box(key: str, table: Table, caption: str) -> None:
    """Draw a box that opens on the table in plain HTML; it is sent only when opened. `key` names it on its page."""
    expander = st.expander(caption, key=f"gewone-tabel-{key}", icon=":material/table_rows:", on_change="rerun")
    if expander.open:
        with expander:
            st.html(plain_html(table, caption))


def plain_html(table: Table, caption: str) -> str:
    """Return the texts of a table as HTML with heads for screen readers; a linked column leads each row.

    Everything is escaped: texts can hold what users typed.
    """
    heads = "".join(f'<th scope="col">{escape(column.head)}</th>' for column in table.columns)
    addresses = {name: table.frame[address].to_list() for name, address in table.links.items()}
    body = []
    for place, row in enumerate(table.texts.iter_rows()):
        cells = []
        for column, text in zip(table.columns, row, strict=True):
            if column.name in addresses:
                # The address ends in '#' and the name, for the grid.
                address = escape(str(addresses[column.name][place]).split("#")[0], quote=True)
                cells.append(f'<th scope="row"><a href="{address}" target="_self">{escape(text)}</a></th>')
            else:
                kind = ' class="getal"' if column.kind in NUMERIC else ' class="kort"' if len(text) <= _SHORT else ""
                cells.append(f"<td{kind}>{escape(text)}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f'<div class="gewone-tabel" tabindex="0" role="region" aria-label="{escape(caption, quote=True)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )
