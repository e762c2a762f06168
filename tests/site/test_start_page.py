"""The page in front of the site's Lab."""

import re

from workbook.site import LANGS, notebooks, start_page


def test_the_first_page_leads_to_every_notebook_and_says_what_it_asks():
    """Both languages have each notebook as a link, with its title and its question."""
    page = start_page.page()
    for lang in LANGS:
        part = page.partition(f'<section id="{lang}"')[2].partition("</section>")[0]
        found = re.findall(r'path=notebooks/(\S+?)">([^<]+)</a><span>([^<]+[?？])</span>', part)
        assert [path for path, _, _ in found] == [f"{lang}/{one.name}" for one in notebooks(lang)]
