"""The kiosk: what a cashier touches. It asks a service and shows its answer.

The rule of the layer: nothing here computes, opens a file or starts a thread, but for
`job_runner` (the one thread) and `fonts` (the bundled font). It imports `app.domain`,
`app.services`, `app.errors` and itself. `docs/ui.md` tells how to add a screen.
"""
