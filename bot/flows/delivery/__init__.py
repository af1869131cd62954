"""Sending one message: send, settle, reconcile."""
