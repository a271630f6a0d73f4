"""“Which code should I send?”: one page per question or answer."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from codes.documents import responses
from codes.documents.describe import describe_code, describe_option, describe_step
from codes.documents.descriptions import ConfusedCode, Meaning, SeeAlso
from codes.models import Option, StatusCode, Step
from codes.models.decision_tree import FIRST_STEP, MAX_QUESTIONS
from codes.views.errors import NotFound, nearest_steps


def choose(request: HttpRequest) -> HttpResponse:
    """The first question."""
    return _page_of(FIRST_STEP)


def step(request: HttpRequest, slug: str) -> HttpResponse:
    """A later question, or an answer."""
    if slug == FIRST_STEP:
        return HttpResponsePermanentRedirect(reverse("choose"), headers={"Cache-Control": "max-age=3600"})
    return _page_of(slug)


def _page_of(slug: str) -> HttpResponse:
    chosen = Step.objects.filter(slug=slug).first()
    if not chosen:
        raise NotFound(f"There is no question or answer “{slug}”.", nearest_steps(slug))

    tree = list(Option.objects.for_tree())
    answer = describe_code(StatusCode.objects.for_detail().get(pk=chosen.code_id)) if chosen.code_id else None
    return responses.page(
        "codes/step.html",
        step=describe_step(chosen),
        trail=[describe_option(option) for option in _trail(chosen, tree)],
        most_questions=MAX_QUESTIONS,
        options=[describe_option(option) for option in tree if option.step_id == chosen.pk],
        answer=answer,
        confused=[_confused(answer, other) for other in answer.see_also] if answer else [],
    )


def _trail(chosen: Step, tree: list[Option]) -> list[Option]:
    """The options that lead from the first question to a step."""
    leading_to = {option.leads_to_id: option for option in tree}
    trail: list[Option] = []
    # Each option is removed when used, so that a loop made by a curator ends.
    while option := leading_to.pop(trail[0].step_id if trail else chosen.pk, None):
        trail.insert(0, option)
    return trail


def _confused(answer: Meaning, other: SeeAlso) -> ConfusedCode:
    """A code that an answer is often confused with, and the path of their comparison."""
    keys = sorted([answer.key, other.key])
    return ConfusedCode(other=other, comparison=reverse("comparison", args=[",".join(keys)]))
