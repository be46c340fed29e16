from django.http import QueryDict

from leitai.sittings.forms import CloseForm, ConsoleQuery, ExtendForm


def read(text):
    return ConsoleQuery.read(QueryDict(text))


def test_query_reads_what_the_address_asks_for():
    assert read("site=5101&state=open&page=2&seat=17") == ConsoleQuery("5101", "open", 2, 17)


def test_query_ignores_what_it_does_not_understand():
    assert read("state=gone&page=zwei&seat=-1&seat=٣&x=1") == ConsoleQuery()
    assert read("page=99999999999999999999&seat=1e3") == ConsoleQuery()


def test_query_writes_itself_back():
    query = read("seat=17&site=51-province&state=offline&page=3")
    assert query.full == "site=51-province&state=offline&page=3&seat=17"
    assert query.filters == "site=51-province&state=offline&page=3"
    assert query.unpaged == "site=51-province&state=offline"


def test_query_escapes_a_site_that_means_mischief():
    assert read("site=%22%3E%26a%3Db").filters == "site=%22%3E%26a%3Db"


def test_extension_wants_minutes_within_bounds_and_a_reason():
    assert ExtendForm({"minutes": "120", "reason": "停电"}).is_valid()
    assert set(ExtendForm({"minutes": "121", "reason": "停电"}).errors) == {"minutes"}
    assert set(ExtendForm({"minutes": "0", "reason": " "}).errors) == {"minutes", "reason"}


def test_closing_wants_a_reason_and_the_knowledge_of_what_it_does():
    assert CloseForm({"reason": "本人申请", "known": "on"}).is_valid()
    assert set(CloseForm({"reason": ""}).errors) == {"reason", "known"}
