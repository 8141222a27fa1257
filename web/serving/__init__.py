"""What stands between the application and the network: server, overload, limits, compression, logs, metrics."""
