"""The signatories' ledger: thousands of signatures at the desk, and in and out of tables."""
