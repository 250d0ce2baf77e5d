"""HTTP: the widget's API, the desk's API, webhooks, health. Knows requests and answers, decides nothing."""
