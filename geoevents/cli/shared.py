"""How does a command take options that several commands share, each said once?"""

from __future__ import annotations

import functools
import inspect
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def with_shared_options(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command take a dataclass whose fields come from the command line as options.

    Parameters
    ----------
    command
        A function that Typer can make a command of, but for its parameters that are annotated
        with a dataclass: each of its fields, annotated as Typer wants it, becomes an option.

    Returns
    -------
    callable
        The command as Typer reads it, with the fields in place of the dataclass.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Manners:
    ...     quiet: bool = False
    >>> @with_shared_options
    ... def greet(name: str, *, manners: Manners) -> None:
    ...     print("" if manners.quiet else f"Good morning, {name}.")
    >>> str(inspect.signature(greet))
    '(*, name: str, quiet: bool = False) -> None'
    >>> greet(name="Leila", quiet=False)
    Good morning, Leila.
    """
    signature = inspect.signature(command, eval_str=True)
    shared = {p.name: p.annotation for p in signature.parameters.values() if _is_shared(p)}

    @functools.wraps(command)
    def run(**values: Any) -> None:
        made = {
            name: group(**{field.name: values.pop(field.name) for field in fields(group)})
            for name, group in shared.items()
        }
        command(**values, **made)

    # Typer reads a command's options off its signature, and calls it with each by name.
    run.__signature__ = signature.replace(parameters=list(_flat(signature)))  # type: ignore[attr-defined]
    return run


def _is_shared(parameter: inspect.Parameter) -> bool:
    return isinstance(parameter.annotation, type) and is_dataclass(parameter.annotation)


def _flat(signature: inspect.Signature) -> Iterator[inspect.Parameter]:
    for parameter in signature.parameters.values():
        group = parameter.annotation
        if not _is_shared(parameter):
            yield parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            continue
        hints = get_type_hints(group, include_extras=True)
        for field in fields(group):
            default = inspect.Parameter.empty if field.default is MISSING else field.default
            yield inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=default,
                annotation=hints[field.name],
            )
