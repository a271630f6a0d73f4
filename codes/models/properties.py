from django.db import models
from django.db.models import Q

from codes.models.codes import PartOfCode, StatusCode
from codes.models.rfcs import Citation, optional_citation


class Question(models.TextChoices):
    """The five questions answered for every registered code, so that codes can be compared."""

    INTERIM = "interim", "Interim response"
    CONTENT = "content", "Content"
    CACHEABLE = "cacheable", "Cacheable"
    REDIRECT_METHOD = "redirect_method", "Method when redirected"
    RETRY = "retry", "Repeating the request"


class Answer(models.TextChoices):
    """The possible answers. `silent`: the specification does not say; `not-applicable`: the question makes no sense."""

    YES = "yes", "Yes"
    NO = "no", "No"
    ALLOWED = "allowed", "Allowed"
    NONE = "none", "None"
    HEURISTICALLY = "heuristically", "Heuristically"
    EXPLICITLY = "explicitly", "Only with explicit freshness"
    NEVER = "never", "Never"
    KEPT = "kept", "Kept"
    POST_MAY_BECOME_GET = "post-may-become-get", "POST may become GET"
    BECOMES_GET = "becomes-get", "Becomes GET"
    AS_IS = "as-is", "As it is"
    AFTER_DELAY = "after-delay", "After a delay"
    WITH_CHANGES = "with-changes", "With changes"
    WITH_CREDENTIALS = "with-credentials", "With credentials"
    OTHER_CONNECTION = "other-connection", "On another connection"
    NOT_AUTOMATICALLY = "not-automatically", "Not automatically"
    SILENT = "silent", "The specification is silent"
    NOT_APPLICABLE = "not-applicable", "Not applicable"


ANSWERS = {
    Question.INTERIM: [Answer.YES, Answer.NO],
    Question.CONTENT: [Answer.ALLOWED, Answer.NONE],
    Question.CACHEABLE: [Answer.HEURISTICALLY, Answer.EXPLICITLY, Answer.NEVER],
    Question.REDIRECT_METHOD: [Answer.KEPT, Answer.POST_MAY_BECOME_GET, Answer.BECOMES_GET],
    Question.RETRY: [
        Answer.AS_IS,
        Answer.AFTER_DELAY,
        Answer.WITH_CHANGES,
        Answer.WITH_CREDENTIALS,
        Answer.OTHER_CONNECTION,
        Answer.NOT_AUTOMATICALLY,
    ],
}


def _value_answers_question() -> Q:
    condition = Q(value__in=[Answer.SILENT.value, Answer.NOT_APPLICABLE.value])
    for question, answers in ANSWERS.items():
        condition |= Q(name=question.value, value__in=[answer.value for answer in answers])
    return condition


class Property(PartOfCode, Citation):
    """A specification's answer to one question about a status code, with its section."""

    key_fields = ("name",)

    code = models.ForeignKey(StatusCode, on_delete=models.CASCADE, related_name="properties")
    name = models.CharField("property", max_length=20, choices=Question, help_text="The question.")
    value = models.CharField(
        max_length=30,
        choices=Answer,
        help_text="Interim: yes, no. Content: allowed, none. Cacheable: heuristically, only with explicit freshness, "
        "never. “The specification is silent” and “not applicable” fit every question.",
    )
    note = models.CharField(max_length=300, blank=True, help_text="A condition or an exception, in our own words.")

    class Meta:
        ordering = ["code", "name"]
        verbose_name_plural = "properties"
        constraints = [
            optional_citation("property_cites_one_document"),
            models.UniqueConstraint(
                fields=["code", "name"],
                name="property_once",
                violation_error_message="This meaning already answers this question.",
            ),
            models.CheckConstraint(
                condition=_value_answers_question(),
                name="property_value_fits_name",
                violation_error_message="This value does not answer this property’s question.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()}: {self.get_value_display()}"
