"""gunicorn's settings: two workers of four threads suit a small machine and SQLite alike."""

bind = "127.0.0.1:8000"
workers = 2
threads = 4
max_requests = 5000
max_requests_jitter = 500
timeout = 30
accesslog = None  # who reads what is nobody's business
control_socket_disable = True  # nothing here reads it, and it would open under the home folder
