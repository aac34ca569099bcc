"""What can be wrong, in words an officer understands, and what to do then. Pure."""

from motcua.kernel.errors import BadInput, NotPermitted, Refused


class MoveNotAllowed(Refused):
    code = "move-not-allowed"
    message = (
        "Hồ sơ {code} đang “{state}” ({phase}), không “{act}” được. Chưa ghi. "
        "Tải lại trang để xem việc làm được lúc này."
    )


class NotHolder(NotPermitted):
    code = "not-holder"
    message = "Hồ sơ {code} đang do {holder} giữ. Nhờ người đó làm, hoặc chuyển lại hồ sơ trước."


class Changed(Refused):
    code = "changed-by-another"
    message = (
        "{who} vừa sửa hồ sơ này lúc {at}. Phần vừa nhập chưa ghi. "
        "Xem lại hồ sơ rồi làm lại nếu còn cần."
    )


class ApplicantMissing(BadInput):
    code = "applicant-missing"
    message = "Chưa có họ và tên người nộp. Gõ họ và tên như trên căn cước."


class BadIdNumber(BadInput):
    code = "bad-id-number"
    message = (
        "Số định danh “{text}” có {count} chữ số; cần đủ 12 (hoặc 9 với chứng minh cũ), "
        "không kèm ký tự khác. Xem lại mặt trước thẻ căn cước."
    )


class NotYetBorn(BadInput):
    code = "not-yet-born"
    message = "Ngày sinh {text} chưa đến. Xem lại trên giấy tờ, ví dụ 27/3/1990."


class NowhereToSend(BadInput):
    code = "nowhere-to-send"
    message = (
        "Nhận kết quả qua bưu chính mà chưa có địa chỉ hay điện thoại. Chưa ghi. "
        "Nhập một trong hai, hoặc chọn nhận tại quầy."
    )


class BadOrganisationNumber(BadInput):
    code = "bad-organisation-number"
    message = (
        "Mã số tổ chức “{text}” không đúng. Nhập mã số thuế 10 hoặc 13 số, "
        "hoặc số định danh tổ chức 12 số."
    )


class IdOfAnother(BadInput):
    code = "id-of-another"
    message = (
        "Số định danh này đã ghi cho {name}. Chưa ghi. Xem lại số trên thẻ; "
        "nếu tên trong sổ sai, chọn sửa tên trong sổ."
    )


class PersonNotThere(BadInput):
    code = "person-not-there"
    message = (
        "Bản ghi đã chọn của {name} không còn: vừa được gộp vào bản ghi khác. Chưa ghi. "
        "Kiểm tra lại để chọn người."
    )


class OtherNumber(BadInput):
    code = "other-number"
    message = (
        "{name} trong sổ mang số định danh khác. Chưa ghi. Xem lại số trên thẻ, "
        "hoặc chọn “Người khác”."
    )


class MissingPaper(BadInput):
    code = "missing-paper"
    message = (
        "Còn thiếu {papers}. Chưa tiếp nhận. Đánh dấu cách có giấy này (bản giấy, bản điện tử, "
        "dùng dữ liệu, miễn), hoặc hướng dẫn người nộp bổ sung rồi quay lại."
    )


class NoPaper(BadInput):
    code = "no-paper"
    message = "Chưa ghi giấy tờ nào. Thêm ít nhất một giấy tờ người nộp đưa."


class NoAuthority(BadInput):
    code = "no-authority"
    message = (
        "Chưa có giấy ủy quyền cho {name} nộp thay. Thêm giấy, hoặc chọn “nộp cho chính mình”."
    )


class AgencyEnded(Refused):
    code = "agency-not-in-being"
    message = (
        "Cơ quan này không hoạt động ngày {day}, nên không tiếp nhận được. Chưa ghi. "
        "Tiếp nhận tại cơ quan kế thừa."
    )


class PossibleDuplicate(Refused):
    code = "possible-duplicate"
    message = (
        "{name} đang có hồ sơ {code} cùng thủ tục, nhận lúc {at}, chưa xong. Chưa ghi. "
        "Mở hồ sơ đó, hoặc bấm “Đã kiểm tra, vẫn tiếp nhận” nếu là việc khác."
    )


class TermUnknown(BadInput):
    code = "term-unknown"
    message = (
        "Danh mục chưa có thời hạn của “{name}”. Nhập thời hạn theo quyết định công bố, "
        "ví dụ “3 ngày làm việc”."
    )


class ChannelNotOffered(BadInput):
    code = "channel-not-offered"
    message = "Thủ tục “{name}” không nhận qua kênh “{channel}”. Chọn kênh khác: {offered}."


class SecondSupplement(Refused):
    code = "second-supplement"
    message = (
        "Hồ sơ này đã yêu cầu bổ sung một lần ngày {on}. Lần hai cần lãnh đạo đồng ý và nêu "
        "căn cứ. Chưa ghi. Trình lãnh đạo trước."
    )


class NothingAsked(BadInput):
    code = "nothing-asked"
    message = "Chưa ghi cần bổ sung gì. Nêu đủ mọi giấy tờ trong một lần, kèm lý do."


class ReasonMissing(BadInput):
    code = "reason-missing"
    message = "Chưa ghi lý do. Viết một câu để người nộp và lãnh đạo hiểu, rồi ghi lại."


class NotSigned(Refused):
    code = "not-signed"
    message = "Chưa trả được hồ sơ {code}: kết quả chưa ký hoặc chưa xong. Đang chờ {holder}."


class FeeOwed(Refused):
    code = "fee-owed"
    message = "Hồ sơ {code} còn nợ {amount} đồng. Thu phí trước, rồi trả kết quả."


class WrongAmount(BadInput):
    code = "wrong-amount"
    message = "Số tiền {amount} không đúng: còn phải nộp {owed} đồng. Xem lại rồi ghi lại."


class AbsentSignatory(Refused):
    code = "absent-signatory"
    message = (
        "Lúc này không ai có quyền ký loại này: {away}. Chưa trình. Trình người khác, "
        "hoặc chọn “Vẫn trình, chờ lãnh đạo về”."
    )


class SignerAway(Refused):
    code = "signer-away"
    message = (
        "{name} đang được ghi vắng mặt ({kind}) đến {until}, nên chưa ký được. "
        "Kết thúc vắng mặt trước, hoặc nhờ người ký thay."
    )


class NotALeader(BadInput):
    code = "not-a-leader"
    message = "{name} không có vai trò lãnh đạo ngày {day}. Chọn người ký khác."


class NotASpecialist(BadInput):
    code = "not-a-specialist"
    message = "{name} không được phân công xử lý hồ sơ ngày {day}. Chọn người khác."


class NotOnTheSpot(Refused):
    code = "not-on-the-spot"
    message = (
        "Thủ tục “{name}” không thuộc loại giải quyết ngay. Chuyển xử lý theo các bước của thủ tục."
    )


class AlreadyExtended(Refused):
    code = "already-extended"
    message = "Hồ sơ {code} đã hẹn lại một lần. Luật chỉ cho hẹn lại một lần; trả kết quả sớm nhất."


class ExtensionTooLate(Refused):
    code = "extension-too-late"
    message = (
        "Đã quá lúc được xin gia hạn (hạn {due}). Chưa ghi. Trả kết quả sớm nhất và nêu lý do trễ."
    )


class NewDateNotLater(BadInput):
    code = "new-date-not-later"
    message = "Ngày hẹn lại ({new}) phải sau hạn đang có ({due}) và trong giờ làm việc."


class NoSuchPaper(BadInput):
    code = "no-such-paper"
    message = "Hồ sơ không có giấy tờ số {number}. Tải lại trang rồi chọn trong danh sách."


class DocumentNumberMissing(BadInput):
    code = "document-number-missing"
    message = "Chưa có số văn bản kết quả. Nhập số đã vào sổ, ví dụ “125/TLKS”."


class NotUndoable(Refused):
    code = "not-undoable"
    message = "Không hoàn tác được: {why}. Cần sửa thì ghi một việc mới."


class FollowedByAnother(Refused):
    code = "not-the-last-act"
    message = "Không hoàn tác được: sau đó hồ sơ đã có việc khác. Xem nhật ký hồ sơ."


class UndoTooLate(Refused):
    code = "undo-too-late"
    message = (
        "Không hoàn tác được: việc này ghi ngày {day}, chỉ hoàn tác trong ngày. "
        "Có thể lập đính chính."
    )


class UndoOfAnother(NotPermitted):
    code = "undo-of-another"
    message = "Việc này do {who} làm. Nhờ người đó hoặc lãnh đạo hoàn tác."


class LeftTheHouse(Refused):
    code = "left-the-house"
    message = "Không hoàn tác được: mẫu {form} đã phát hành lúc {at}. Có thể lập đính chính."


class CollectorWithoutAuthority(BadInput):
    code = "collector-without-authority"
    message = (
        "Chưa ghi giấy ủy quyền của {name}. Chưa trả. Ghi số, ngày giấy ủy quyền, "
        "hoặc mời người nộp đến nhận."
    )


class IdentityNotChecked(BadInput):
    code = "identity-not-checked"
    message = (
        "Mất giấy hẹn thì phải đối chiếu giấy tờ tùy thân. Chưa trả. "
        "Ghi giấy tờ đã đối chiếu, ví dụ “căn cước”."
    )


class DeliveryUnknown(BadInput):
    code = "delivery-unknown"
    message = "Chưa ghi nơi nhận hoặc mã bưu gửi. Chưa trả. Ghi để tra lại được."


class NoBook(Refused):
    code = "no-certification-book"
    message = "Thủ tục “{name}” không ghi sổ chứng thực. Chưa ghi."


class WrongBook(BadInput):
    code = "wrong-certification-book"
    message = "Thủ tục này ghi vào sổ {book}, không phải “{given}”. Chọn lại sổ."


class NothingCertified(BadInput):
    code = "nothing-certified"
    message = "Chưa ghi giấy tờ nào được chứng thực. Ghi ít nhất một giấy tờ và số bản."


class NumberTaken(Refused):
    code = "certification-number-taken"
    message = (
        "Số {number} của sổ {book} năm {year} đã ghi cho hồ sơ {code}. Chưa ghi. Số tiếp theo: "
        "{next}. Nếu sổ giấy đã ghi số này, đánh dấu “Sổ giấy đã ghi số này”."
    )


class NumberFarAhead(Refused):
    code = "certification-number-far-ahead"
    message = (
        "Số {number} cách xa số tiếp theo của sổ {book} năm {year} là {next}. Chưa ghi. "
        "Sửa số; nếu sổ giấy đã ghi số này, đánh dấu “Sổ giấy đã ghi số này”."
    )


class NoSuchEntry(BadInput):
    code = "no-such-certification"
    message = "Hồ sơ không có lần chứng thực này. Mở lại hồ sơ rồi chọn trong danh sách."


class AlreadyVoid(Refused):
    code = "already-void"
    message = "Lần chứng thực số {number} đã bỏ, lý do: {reason}. Không cần bỏ lại."


class NobodyToTakeOver(BadInput):
    code = "nobody-to-take-over"
    message = "Người nhận phải khác người đang giữ ({name}). Chọn người khác."


class NothingToReassign(Refused):
    code = "nothing-to-reassign"
    message = (
        "Không có hồ sơ nào của {name} chuyển được cho {to}. Chưa chuyển. "
        "Chọn người có vai trò và lĩnh vực phù hợp."
    )
