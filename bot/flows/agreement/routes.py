"""The verbs, buttons and forms about the agreement on reading, each with its flow."""

from bot.flows.agreement import council, gate, workspace_rules

COMMANDS = {**gate.COMMANDS, **council.COMMANDS}
PRESSES = {**gate.PRESSES, **council.PRESSES, **workspace_rules.PRESSES}
FORMS = {**gate.FORMS, **council.FORMS, **workspace_rules.FORMS}
