### What comes with typed words, or instead of them.

said-forward = I keep only what you type yourself, so nothing of that forwarded message was kept. Type what you want to say about it.
said-undeleted = You brought a message back that you had deleted. I no longer have its words. To keep them after all, type them again.
card-beside-forward = The message you forwarded isn't kept.
card-beside-files = The picture or file isn't kept.
