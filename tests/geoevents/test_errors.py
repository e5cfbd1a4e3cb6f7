"""Every error names its input and says what to do."""

import geoevents.errors as tree


def test_the_tree_at_the_top_names_every_error():
    """The drawing in the module's docstring is complete."""
    names = [name for name in vars(tree) if name.endswith("Error")]
    assert len(names) > 10
    assert [name for name in names if name not in tree.__doc__] == []


def test_errors_are_the_builtin_that_fits():
    """Programs can catch what they know."""
    assert issubclass(tree.InputNotFoundError, FileNotFoundError)
    assert issubclass(tree.OutputExistsError, FileExistsError)
    assert issubclass(tree.BadRecordError, ValueError)
    assert issubclass(tree.MissingPackageError, ImportError)
    assert str(tree.InputNotFoundError("a.txt")) == (
        "There is no file or folder 'a.txt': check the path."
    )
