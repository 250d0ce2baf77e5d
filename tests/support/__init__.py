"""What tests share: real servers, a real browser, and the guard that keeps them offline."""
