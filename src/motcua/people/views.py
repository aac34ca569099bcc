"""Login and logout, by the framework; the door is logged, and locked after wrong tries."""

from django.contrib.auth import authenticate
from django.contrib.auth import views as auth
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from motcua.kernel.vntime import clock_words
from motcua.people import door, typed
from motcua.people.preference_views import speak
from motcua.people.preferences import Preferences
from motcua.people.rules import LoginKind
from motcua.web import clock
from motcua.web.forms import Field, FieldError


class LoginForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng. Xem bộ gõ tiếng Việt có đang "
        "bật không, rồi nhập lại; quên mật khẩu thì hỏi quản trị của cơ quan.",
        "inactive": "Tài khoản này đã khóa. Hỏi quản trị của cơ quan.",
        "locked": "Đã nhập sai quá nhiều lần. Chờ đến {until} rồi nhập lại; quên mật khẩu thì hỏi "
        "quản trị của cơ quan.",
    }

    def clean(self):
        """Try the password, unless the name or the address is locked; every try is logged."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not name or not password:
            return self.cleaned_data
        at, address, label = clock.now(), door.address_of(self.request), door.label_of(name)
        until = door.locked_until(label, address, at)
        if until is not None:
            make_password(password)  # a lock takes as long as a try
            door.note(LoginKind.TURNED_AWAY, label, address, at)
            raise self._locked(until)
        self.user_cache = authenticate(self.request, username=name, password=password)
        if self.user_cache is not None:
            return self.cleaned_data
        until = door.note_failure(label, address, at)
        raise self._locked(until) if until else self.get_invalid_login_error()

    def _locked(self, until):
        words = _(self.error_messages["locked"]).format(until=clock_words(until))
        return ValidationError(words, code="locked")


class Login(auth.LoginView):
    """Đăng nhập. The same sentence whether the name or the password is wrong."""

    template_name = "people/login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        """The session begins and the log says so; nothing of one that ended goes over into it."""
        if getattr(self.request, "ended", None) is not None:
            self.request.session.flush()
        door.note(
            LoginKind.LOGIN, form.get_user().login, door.address_of(self.request), clock.now()
        )
        chosen = Preferences.of(form.get_user().preferences)
        return speak(super().form_valid(form), chosen.language)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form = context["form"]
        errors = [FieldError(_(words), "o-username") for words in _words(form)]
        first = str(errors[0].message) if errors else ""
        context["errors"] = errors
        context["ended"] = typed.notice(self.request, clock.now())
        context["fields"] = (
            Field("username", _("Tên đăng nhập"), value=form["username"].value() or "",
                  autocomplete="username", error=first, autofocus=True),
            Field("password", _("Mật khẩu"), "password", autocomplete="current-password"),
        )  # fmt: skip
        return context


class Logout(auth.LogoutView):
    """Đăng xuất: noted while it is known who leaves."""

    def post(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            door.note(LoginKind.LOGOUT, request.user.login, door.address_of(request), clock.now())
        return super().post(request, *args, **kwargs)


def _words(form):
    if not form.is_bound:
        return []
    if not (form["username"].value() or "").strip() or not form["password"].value():
        return ["Nhập tên đăng nhập và mật khẩu."]
    return [str(words) for words in form.non_field_errors()]
