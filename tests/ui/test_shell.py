"""The shell: going and coming back, jobs, faults, the keyboard."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import pytest

from app.errors import NothingToClose
from app.ui.job_runner import Cancelled, JobRunner
from app.ui.kiosk import assemble
from app.ui.messages import UNEXPECTED
from app.ui.screen import Screen
from tests.ui.finger import clear


class First(Screen):
    def __init__(self, parent, shell):
        super().__init__(parent, shell, title="Premier écran")
        self.main_action("Avancer", lambda: shell.nav.go(Second, number=2))
        self.side_action("Casser", self._break)

    def _break(self):
        raise ValueError("broken on purpose")


class Second(Screen):
    def __init__(self, parent, shell, *, number, question=None):
        super().__init__(parent, shell, title=f"Écran numéro {number}")
        self.number = number
        self.question = question
        self.main_action("Encore", lambda: shell.nav.go(Second, number=number + 1))

    def leave_question(self):
        return self.question


class Unbuildable(Screen):
    def __init__(self, parent, shell):
        super().__init__(parent, shell, title="Jamais vu")
        raise KeyError("half-way")


@pytest.fixture
def program():
    """These tests need no shop."""
    return SimpleNamespace()


@pytest.fixture
def home(shell):
    shell.nav.start(First)
    return shell


def test_back_rebuilds_the_screen_before_with_its_arguments(home, finger):
    finger.press("Avancer")
    finger.press("Encore")
    third = home.nav.current
    finger.press("Encore")
    finger.press("Retour")
    assert finger.sees("Écran numéro 3")
    assert home.nav.current is not third
    assert not third.winfo_exists()


def test_one_screen_lives_at_a_time(home, window, finger):
    for _ in range(3):
        finger.press("Avancer" if home.nav.depth == 1 else "Encore")
    assert len(window.stage.winfo_children()) == 1


def test_home_clears_the_stack(home, finger):
    finger.press("Avancer")
    assert not finger.can_press("Accueil")  # « Retour » goes there already
    finger.press("Encore")
    finger.press("Accueil")
    assert home.nav.depth == 1
    assert finger.sees("Premier écran")


def test_the_first_screen_has_no_way_back(home, finger):
    assert not finger.can_press("Retour")
    home.nav.back()
    assert finger.sees("Premier écran")


def test_replace_takes_the_place_of_the_screen(home, finger):
    home.nav.go(Second, number=7)
    home.nav.replace(Second, number=8)
    finger.press("Retour")
    assert finger.sees("Premier écran")


def test_leaving_asks_when_something_would_be_lost(home, finger):
    home.nav.go(Second, number=2, question="Quitter le comptage ?")
    finger.press("Retour")
    assert finger.sees("Quitter le comptage ?")
    finger.press("Rester")
    assert finger.sees("Écran numéro 2")
    finger.press("Retour")
    finger.press("Quitter cet écran")
    assert finger.sees("Premier écran")


def test_escape_goes_back_and_return_does_the_main_action(home, finger):
    finger.key("Return")
    assert finger.sees("Écran numéro 2")
    finger.key("Escape")
    assert finger.sees("Premier écran")


def test_tab_reaches_every_button_and_return_presses_it(home, finger, window):
    finger.press("Avancer")
    reached = set()
    for _ in range(6):
        finger.key("Tab")
        reached.add(str(window.focus_get().cget("text")))
    assert {"Retour", "Encore"} <= reached


@pytest.mark.parametrize("keysym", ["Return", "space"])
def test_a_key_presses_a_button_once(home, finger, keysym):
    pressed = []
    home.nav.current.side_action("Compter", lambda: pressed.append(1)).focus_set()
    finger.key(keysym)
    assert pressed == [1]


# --- what goes wrong --------------------------------------------------------------------------


def test_a_fault_in_a_callback_is_told_and_leads_home(home, finger, faults, window):
    home.nav.go(Second, number=2)
    home.nav.go(First)
    window.after(0, home.nav.current._break)
    finger.settle()
    assert [type(fault) for fault in faults] == [ValueError]
    assert finger.sees(UNEXPECTED)
    assert not finger.sees("broken on purpose")
    finger.press("Accueil")
    assert home.nav.depth == 1
    assert finger.sees("Premier écran")
    faults.clear()


def test_the_reference_on_screen_is_the_one_in_the_log(home, finger, faults, caplog):
    reference = home.messages.unexpected(ValueError("the cause"))
    assert finger.sees(f"Référence à donner au support : {reference}")
    assert reference in caplog.text
    assert "the cause" in caplog.text
    faults.clear()


def test_a_screen_that_cannot_be_built_leaves_the_person_where_she_was(
    home, finger, faults, window
):
    finger.press("Avancer")
    home.nav.go(Unbuildable)
    assert finger.sees(UNEXPECTED)
    assert len(window.stage.winfo_children()) == 1
    finger.press("Accueil")
    assert finger.sees("Premier écran")
    faults.clear()


def test_a_refusal_is_told_with_its_own_sentence(home, finger):
    home.messages.failed(NothingToClose("Rien à clôturer : aucun ticket depuis 20 h 04."))
    assert finger.sees("Rien à clôturer : aucun ticket depuis 20 h 04.")
    finger.press("OK")
    assert finger.sees("Premier écran")


def test_what_lies_under_a_panel_cannot_be_reached(home, finger):
    home.messages.tell("Bonjour")
    assert not finger.can_press("Avancer")
    finger.press("OK")
    assert finger.can_press("Avancer")


def test_escape_answers_no_and_return_too_until_yes_has_the_focus(home, finger):
    answers = []
    ask = {"on_yes": lambda: answers.append("yes"), "on_no": lambda: answers.append("no")}
    home.messages.ask("Effacer ?", yes="Effacer", danger=True, **ask)
    finger.key("Escape")
    home.messages.ask("Effacer ?", yes="Effacer", danger=True, **ask)
    finger.key("Return")
    home.messages.ask("Effacer ?", yes="Effacer", danger=True, **ask)
    finger.key("Tab")
    finger.key("Return")
    assert answers == ["no", "no", "yes"]


# --- jobs -------------------------------------------------------------------------------------


def test_a_job_of_a_screen_runs_and_gives_its_result(home):
    results = []
    home.nav.current.run_job(lambda progress: 6 * 7, "Calcul", results.append)
    assert results == [42]
    assert not home.nav.locked
    assert home.panels.top is None


def test_a_refused_job_is_told(home, finger):
    def job(progress):
        raise NothingToClose("Rien à clôturer.")

    home.nav.current.run_job(job, "Clôture", lambda result: None)
    assert finger.sees("Rien à clôturer.")
    assert not home.nav.locked


def test_a_fault_in_a_job_is_told_by_its_reference(home, finger, faults):
    def job(progress):
        raise ZeroDivisionError

    home.nav.current.load(job, lambda result: None)
    assert finger.sees(UNEXPECTED)
    faults.clear()


@pytest.fixture
def real(window):
    runner = JobRunner(window, poll_ms=5)
    yield runner
    runner.stop(10)


def wait_for(window, condition):
    """Let Tk run until the condition holds."""
    window.after(10_000, lambda: None)
    while not condition():
        window.tk.dooneevent(0)


def test_the_real_runner_works_elsewhere_and_tells_here(window, real):
    where, told, results = [], [], []

    def job(progress):
        where.append(threading.current_thread())
        for step in range(3):
            progress.report(step, 3, f"étape {step}")
        return "fait"

    def on_progress(done, total, text):
        where.append(threading.current_thread())
        told.append((done, total, text))

    real.start(job, results.append, results.append, on_progress)
    assert real.busy
    wait_for(window, lambda: results)
    assert results == ["fait"]
    assert told == [(0, 3, "étape 0"), (1, 3, "étape 1"), (2, 3, "étape 2")]
    assert where[0] is not threading.main_thread()
    assert set(where[1:]) == {threading.main_thread()}
    assert not real.busy


def test_the_real_runner_does_one_job_after_the_other(window, real):
    order = []
    for name in "abc":
        real.start(lambda progress, name=name: name, order.append, order.append)
    wait_for(window, lambda: len(order) == 3)
    assert order == ["a", "b", "c"]


def test_a_job_is_cancelled_between_two_steps_only(window, real):
    started, outcome, steps = threading.Event(), [], []
    go_on = threading.Event()

    def job(progress):
        steps.append("first, begun")
        started.set()
        go_on.wait(10)
        steps.append("first, ended")
        progress.report(1, 2)
        steps.append("second")

    handle = real.start(job, outcome.append, outcome.append)
    started.wait(10)
    handle.cancel()
    go_on.set()
    wait_for(window, lambda: outcome)
    assert steps == ["first, begun", "first, ended"]
    assert isinstance(outcome[0], Cancelled)


def test_a_call_back_that_raises_does_not_stop_the_next_one(window, shell, real, faults):
    results = []

    def bad(result):
        raise ValueError("in a call back")

    real.start(lambda progress: 1, bad, bad)
    real.start(lambda progress: 2, results.append, results.append)
    wait_for(window, lambda: results)
    assert results == [2]
    assert [type(fault) for fault in faults] == [ValueError]
    faults.clear()


def test_nobody_leaves_while_a_job_runs(window, program, faults, finger, real):
    shell = assemble(window, program, real)
    shell.nav.start(First)
    shell.nav.go(Second, number=2)
    go_on, results = threading.Event(), []
    shell.nav.current.run_job(lambda progress: go_on.wait(10), "Clôture en cours", results.append)
    finger.settle()
    assert finger.sees("Clôture en cours")
    finger.key("Escape")
    shell.nav.back()
    shell.nav.home()
    assert isinstance(shell.nav.current, Second)
    assert not window.may_close()
    go_on.set()
    wait_for(window, lambda: results)
    assert shell.panels.top is None
    shell.nav.back()
    assert isinstance(shell.nav.current, First)
    clear(window)


def test_leaving_a_screen_drops_what_it_was_reading(window, program, faults, real):
    shell = assemble(window, program, real)
    shell.nav.start(First)
    shell.nav.go(Second, number=2)
    go_on, shown = threading.Event(), []
    shell.nav.current.load(lambda progress: go_on.wait(10), shown.append)
    shell.nav.back()
    go_on.set()
    wait_for(window, lambda: not real.busy)
    assert shown == []
    clear(window)


# --- the window -------------------------------------------------------------------------------


def test_the_bar_is_there_whatever_is_on_screen(home, finger, window):
    window.show_shop("Boulangerie Martin", simulation=True)
    home.messages.tell("Bonjour")
    assert finger.sees("Boulangerie Martin")
    assert finger.sees("SIMULATION")
    assert finger.sees("samedi 21 novembre 2026, 20 h 04")
    assert finger.can_press("Réduire")
    window.show_shop("", simulation=False)
    assert not finger.sees("SIMULATION")


def test_reduire_hides_the_window(home, finger, window, monkeypatch):
    hidden = []
    monkeypatch.setattr(window.bar, "_reduce", lambda: hidden.append(True))
    window.bar.rebuild()
    finger.press("Réduire")
    assert hidden == [True]


def test_the_window_is_never_above_the_till_software(window):
    assert not window.attributes("-topmost")


def test_another_text_size_is_taken_at_once(home, window, finger):
    before = window.theme.line_height("body")
    window.set_text_size("A++")
    home.nav.reload()
    assert window.theme.line_height("body") > before
    assert finger.sees("Premier écran")
    window.set_text_size("A")
    home.nav.reload()
    assert window.theme.line_height("body") == before


def test_the_idle_lock_waits_until_it_is_asked_for(window, home, finger):
    locked = []
    window.lock_when_idle(1, lambda: locked.append(True))
    wait_for(window, lambda: locked)
    window.lock_when_idle(0, lambda: None)
    assert locked == [True]
