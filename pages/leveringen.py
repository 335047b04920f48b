"""Leveringen: bring files in, see what they change and what is wrong, and undo a mistake."""

from dashboard import shell
from dashboard.components.delivery_command import command_box, delivery_context, who_field
from dashboard.components.delivery_corrections import corrections
from dashboard.components.delivery_history import delivery_history
from dashboard.components.delivery_intake import new_delivery
from dashboard.components.delivery_report import report_proposal
from dashboard.components.delivery_versions import version_choices
from dashboard.components.parts import page_parts
from dashboard.figures import leveringen as figures

page = shell.open_page("leveringen")
context = delivery_context(page)

command_box(context)
who_field()
intake, report, history, versions, corrected = page_parts(figures.PARTS)
if intake.open:
    with intake:
        new_delivery(context)
if report.open:
    with report:
        report_proposal(context)
if history.open:
    with history:
        delivery_history(page, context)
if versions.open:
    with versions:
        version_choices(context)
if corrected.open:
    with corrected:
        corrections(context)
