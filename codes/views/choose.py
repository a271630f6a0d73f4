"""“Which code should I send?”: a question or an answer a page."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from codes.documents import responses
from codes.documents.describe import Description, absolute, describe_code
from codes.models import Option, StatusCode, Step
from codes.models.choosing import FIRST_STEP, MOST_QUESTIONS
from codes.views.errors import Unknown, nearest_steps


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
        raise Unknown(f"There is no question or answer “{slug}”.", nearest_steps(slug))

    tree = list(Option.objects.for_tree())
    trail = _trail(chosen, tree)
    context = {
        "step": chosen,
        "url": absolute(chosen.get_absolute_url()),
        "trail": trail,
        "most_questions": MOST_QUESTIONS,
    }
    if chosen.code_id:
        answer = describe_code(StatusCode.objects.for_detail().get(pk=chosen.code_id))
        context |= {"answer": answer, "confused": [_confused(answer, other) for other in answer["see_also"]]}
    else:
        context |= {"options": [option for option in tree if option.step_id == chosen.pk]}
    return responses.html("codes/step.html", context)


def _trail(chosen: Step, tree: list[Option]) -> list[Option]:
    """The options that lead from the first question to a step."""
    leading_to = {option.leads_to_id: option for option in tree}
    trail: list[Option] = []
    # Taken out of the tree, so that a circle that a curator has made ends here.
    while option := leading_to.pop(trail[0].step_id if trail else chosen.pk, None):
        trail.insert(0, option)
    return trail


def _confused(answer: Description, other: Description) -> Description:
    """What an answer is confused with, and the address of both side by side."""
    keys = sorted(
        f"{each['number']:03d}:{each['vendor']['slug']}" if each["vendor"] else f"{each['number']:03d}"
        for each in (answer, other)
    )
    return {**other, "comparison": reverse("comparison", args=[",".join(keys)])}
