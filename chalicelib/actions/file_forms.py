"""What may be said of a file: declared before it is sent, and what it proves when it has come."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from chalicelib.actions.fields import Text
from chalicelib.actions.forms import Form
from chalicelib.rules.file import FileKind, FileType, largest


class NewFile(Form):
    """A file to be sent: what it is, its size in bytes, and the SHA-256 of its bytes in small hex letters."""

    kind: FileKind
    type: FileType
    size: Annotated[int, Field(ge=1)]
    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]

    @model_validator(mode="after")
    def _fits(self) -> "NewFile":
        if self.size > largest(self.kind):
            most = largest(self.kind) // 1024 // 1024
            raise PydanticCustomError("too-large", f"文件超过 {most} MB：请压缩或重新拍摄后再上传")
        if self.kind == "photo" and self.type == "application/pdf":
            raise PydanticCustomError("not-a-picture", "照片请上传 JPEG 或 PNG 图片")
        return self


class SentFile(Form):
    """A file that has been sent; `of` is the exam or insurance that it proves."""

    of: Text | None = None
