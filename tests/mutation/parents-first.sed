# src/plan/order.c: parents are purged before their children
s/i < steps.count \&\& !go_together/i < steps.count \&\& false/
