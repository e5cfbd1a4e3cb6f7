"""Which language model is asked beside our own rules, by the options of a command?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geoevents.language_model import LanguageModel

ModelUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="OpenAI-compatible server whose language model is asked beside our own rules, as "
        "http://127.0.0.1:8080/v1; articles are sent to it. API key: GEOEVENTS_MODEL_KEY.",
        show_default=False,
    ),
]
ModelName = Annotated[
    str | None,
    typer.Option(
        "--model", metavar="NAME", help="Name of the model at --model-url.", show_default=False
    ),
]
ModelTimeout = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="How long to wait for each answer of the model."),
]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """The options of a command that may ask a language model.

    Attributes
    ----------
    model_url, model
        Where it is asked, and its name there; None for no model.
    model_timeout
        Seconds to wait for an answer.
    """

    model_url: ModelUrl = None
    model: ModelName = None
    model_timeout: ModelTimeout = 120.0

    def chosen(self) -> LanguageModel | None:
        """Return the model that the options name, or None for none.

        Raises
        ------
        OptionError
            If only one of address and name is given, or one of them does not fit.
        """
        from geoevents.errors import OptionError

        if self.model_url is None and self.model is None:
            return None
        if self.model_url is None:
            raise OptionError("--model", str(self.model), "give its server with --model-url")
        if self.model is None:
            raise OptionError("--model-url", self.model_url, "give the model with --model")
        from geoevents.language_model import LanguageModel

        return LanguageModel(self.model_url, self.model, timeout_s=self.model_timeout)
