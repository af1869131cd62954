"""The buttons and forms about who may read, each with its flow."""

from bot.flows.reading import answers, own_page, stepping_down

PRESSES = {**answers.PRESSES, **own_page.PRESSES, **stepping_down.PRESSES}
FORMS = stepping_down.FORMS
