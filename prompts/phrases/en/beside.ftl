### What comes with typed words, or instead of them.

said-forward = I keep only what you type yourself, so nothing of that forwarded message was kept. Type what you want to say about it.
said-beside-forward = I kept what you typed. The message you forwarded is not kept.
said-beside-files = I kept what you typed. Pictures and files are not kept.
