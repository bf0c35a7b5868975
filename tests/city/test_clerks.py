"""Two days of a company's clerk in a browser: eighty workers from a file, and a new one with papers and photo."""

from datetime import timedelta

from playwright.sync_api import expect

from scripts import demo
from tests.pictures import picture

FIRST = 20_000
EIGHTY = range(FIRST, FIRST + 80)


def record(page, form, **fields):
    """Open a form of a worker's papers, fill it and save it."""
    page.get_by_role("button", name=form, exact=True).click()
    dialog = page.get_by_role("dialog", name=form)
    for label, text in fields.items():
        dialog.get_by_label(label).fill(str(text))
    dialog.get_by_role("button", name="保存").click()
    dialog.wait_for(state="hidden")


def test_eighty_workers_come_from_a_file_and_its_faults_are_told_before(people, desk):
    rows = [demo.paper(number, people.today) for number in EIGHTY]
    wrong = [rows[0] | {"体检日期": "昨天"}, *rows[1:]]

    clerk = desk("company_clerk")
    clerk.get_by_role("button", name="批量导入").click()
    chosen = clerk.get_by_label("选择 CSV 文件")
    chosen.set_input_files(sheet(wrong))
    clerk.get_by_role("button", name="检查并导入").click()
    expect(clerk.get_by_text("文件有 1 处错误，没有写入任何数据")).to_be_visible(timeout=20_000)
    chosen.set_input_files(sheet(rows))
    clerk.get_by_role("button", name="检查并导入").click()
    expect(clerk.get_by_role("heading", name="导入完成")).to_be_visible(timeout=40_000)

    expect(clerk.locator(".counts")).to_contain_text("成功80")
    expect(clerk.get_by_text("每一行都已写入。")).to_be_visible()


def test_a_new_worker_is_registered_with_papers_and_photo_and_applies_once_identified(people, desk, tmp_path):
    one, day = people.someone(), people.today
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(picture(1500, 2000, "teal"))

    clerk = desk("company_clerk")
    clerk.get_by_role("button", name="登记人员").click()
    clerk.get_by_label("姓名").fill(one.name)
    clerk.get_by_label("证件号码").fill(one.resident_id)
    clerk.get_by_text("保洁", exact=True).click()
    clerk.get_by_role("button", name="登记并录入材料").click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(one.name, timeout=20_000)
    record(clerk, "登记体检", 体检日期=day - timedelta(20), 体检机构="演示体检中心")
    record(clerk, "登记保险", 起保日期=day - timedelta(9), 保险止期=day + timedelta(355), 保险公司="演示财产保险")
    record(clerk, "登记培训", 培训日期=day - timedelta(30), 培训机构="演示培训学校")
    record(clerk, "登记授权书", 签署日期=day - timedelta(5))
    clerk.get_by_label("选择文件上传").set_input_files(photo)
    expect(clerk.get_by_role("button", name="查看 照片")).to_be_visible(timeout=20_000)
    worker = clerk.url.rpartition("/")[2]
    people.as_("association_clerk").post(f"/api/workers/{worker}/identity", {"how": "original"})
    clerk.reload()
    clerk.get_by_role("button", name="申请上门服务证").click()

    expect(clerk.get_by_role("heading", level=1)).to_contain_text("的申请", timeout=20_000)
    expect(clerk.get_by_text("企业初审").first).to_be_visible()


def sheet(rows):
    """Make the file that is chosen, as it was saved from a spreadsheet."""
    return {"name": "eighty.csv", "mimeType": "text/csv", "buffer": demo.as_csv(rows).encode("gbk")}
