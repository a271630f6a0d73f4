"""“Which code should I send?”: a decision tree whose leaves are codes."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from codes import querysets
from codes.models.codes import StatusCode
from codes.models.fields import MarkdownField

FIRST_STEP = "start"
"""The slug of the first question."""
MAX_QUESTIONS = 5
"""The most questions before an answer."""


class Step(models.Model):
    """A node of the tree: a question, or an answer, which is the code to send."""

    slug = models.SlugField(
        unique=True,
        help_text="A short name in lower case: “moved-for-good”. It is part of a public address, so never change it "
        f"once it has been published. The first question is “{FIRST_STEP}”.",
    )
    question = models.CharField(
        max_length=150, blank=True, help_text="Worded for readers who do not know the codes. Leave empty for an answer."
    )
    code = models.ForeignKey(
        StatusCode,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="steps",
        limit_choices_to={"vendor": None},
        help_text="The code to send. Leave empty for a question.",
    )
    text = MarkdownField(
        help_text="Markdown. For a question: anything that helps to answer it. For an answer: why this code, citing "
        "the section."
    )

    objects = querysets.StepQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(question="", code__isnull=False) | (~Q(question="") & Q(code=None)),
                name="step_is_question_or_answer",
                violation_error_message="A step is either a question or an answer: fill in one of the two.",
            ),
            models.CheckConstraint(
                condition=Q(code=None) | ~Q(text=""),
                name="answer_says_why",
                violation_error_message="Explain why this is the code to send.",
            ),
        ]

    def __str__(self) -> str:
        return self.question or f"Send {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("choose") if self.slug == FIRST_STEP else reverse("step", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Option(models.Model):
    """A possible answer to a question, and the step that follows. Each step but the first has one option before it."""

    step = models.ForeignKey(
        Step,
        on_delete=models.CASCADE,
        related_name="options",
        limit_choices_to={"code": None},
        help_text="The question it answers.",
    )
    position = models.PositiveSmallIntegerField(default=1, help_text="1 is shown first.")
    text = models.CharField(max_length=150, help_text="One sentence, as a server developer would put it.")
    leads_to = models.OneToOneField(
        Step, on_delete=models.CASCADE, related_name="option", help_text="The next question, or the answer."
    )

    objects = querysets.OptionQuerySet.as_manager()

    class Meta:
        ordering = ["step__slug", "position", "leads_to__slug"]

    def __str__(self) -> str:
        return self.text

    def clean(self) -> None:
        if self.step_id and self.step_id == self.leads_to_id:
            raise ValidationError({"leads_to": "A question cannot lead to itself."})
        if self.step_id and self.step.code_id:
            raise ValidationError({"step": "This step is an answer, so it cannot have options: choose a question."})

    def natural_key(self) -> tuple[str]:
        return (self.leads_to.slug,)
