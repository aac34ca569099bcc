"""Login and logout, by the framework."""

from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext as _

from motcua.web.forms import Field, FieldError


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Xem bộ gõ tiếng Việt có đang "
        "bật không, rồi nhập lại; quên mật khẩu thì hỏi quản trị của cơ quan.",
        "inactive": "Tài khoản này đã khóa. Hỏi quản trị của cơ quan.",
    }


class Login(auth.LoginView):
    """Đăng nhập. The same sentence whether the name or the password is wrong."""

    template_name = "people/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        errors = [FieldError(_(words), "o-username") for words in _words(form)]
        first = str(errors[0].message) if errors else ""
        context["errors"] = errors
        context["fields"] = (
            Field("username", _("Tên đăng nhập"), value=form["username"].value() or "",
                  autocomplete="username", error=first, autofocus=True),
            Field("password", _("Mật khẩu"), "password", autocomplete="current-password"),
        )  # fmt: skip
        return context


def _words(form):
    if not form.is_bound:
        return []
    if not (form["username"].value() or "").strip() or not form["password"].value():
        return ["Nhập tên đăng nhập và mật khẩu."]
    return [str(words) for words in form.non_field_errors()]
