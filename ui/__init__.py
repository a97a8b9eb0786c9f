"""GKDesk's window (PySide6). It shows what the core computes and decides nothing itself."""
