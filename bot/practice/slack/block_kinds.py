"""The blocks and elements that Slack knows, and how many of them stand together."""

from bot.practice.slack.charts import CHART

BLOCKS = {
    "section", "divider", "image", "actions", "context", "header", "input", "rich_text", "video", "markdown",
    "file", "table", CHART,
}  # fmt: skip
SELECTS = {
    "static_select", "external_select", "users_select", "conversations_select", "channels_select",
    "multi_static_select", "multi_external_select", "multi_users_select", "multi_conversations_select",
    "multi_channels_select",
}  # fmt: skip
CHOICES = {"checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker"}
TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"}
ONLY_IN_VIEWS = TYPED - {"plain_text_input"}
PRESSED = {"button", "overflow", "workflow_button"}
ELEMENTS = {
    "actions": SELECTS | CHOICES | PRESSED,
    "accessory": SELECTS | CHOICES | PRESSED | {"image"},
    "context": {"image", "plain_text", "mrkdwn"},
    "input": SELECTS | CHOICES | TYPED,
}
MOST_ELEMENTS = {"actions": 25, "context": 10}
OPTIONS = {
    "radio_buttons": (1, 10), "checkboxes": (1, 10), "overflow": (1, 5), "static_select": (1, 100),
    "multi_static_select": (1, 100),
}  # fmt: skip
