"""What the business sells, and who stays to pay again."""

from __future__ import annotations

from typing import Annotated

from workbook.errors import N_
from workbook.figures import Amount, Share, Weeks
from workbook.plan.parts import Given, Key, Part


class Sales(Part):
    """What the business sells in a week: revenue = reach × conversion × price × margin.

    Those who said yes may stay and pay again: what they pay a month comes on top, spread over the
    weeks of the month. A month is 52 / 12 weeks.
    """

    reach_per_week: Annotated[
        Amount,
        Key(
            label=N_("people reached a week"),
            ask=N_("People reached a week"),
            help=N_("How many you talk to or who see the offer."),
            slide=(0, 500),
            step=5,
            synonyms=("reach", "visitors", "触达"),
            flow="in",
            given=Given(
                label=N_("reach from then on"),
                step=10,
                columns=("reach per week", "reach", "每周触达", "触达"),
            ),
            example="120",
        ),
    ] = 0.0
    conversion: Annotated[
        Share,
        Key(
            label=N_("conversion"),
            ask=N_("Conversion"),
            help=N_("Share of those reached who then say yes."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            flow="in",
            given=Given(
                label=N_("conversion from then on"),
                columns=("conversion", "conversion after", "转化率", "之后转化率"),
            ),
            example="0.05",
        ),
    ] = 0.0
    price: Annotated[
        Amount,
        Key(
            label=N_("price"),
            ask=N_("Price"),
            unit="money",
            slide=(0, 1000),
            step=1,
            flow="in",
            given=Given(label=N_("price from then on"), step=10, columns=("price", "价格", "单价")),
            example="39",
        ),
    ] = 0.0
    margin: Annotated[
        Share,
        Key(
            label=N_("margin"),
            ask=N_("Margin"),
            help=N_("What is left to you of the price."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            flow="in",
            given=Given(label=N_("margin from then on"), columns=("margin", "毛利率", "利润率")),
            example="0.6",
        ),
    ] = 1.0
    paying_customers: Annotated[
        Amount,
        Key(
            label=N_("customers who stay"),
            ask=N_("Customers who stay, today"),
            help=N_("How many pay you month after month; those who say yes join them."),
            step=1,
            synonyms=("customers", "subscribers", "members", "clients", "客户", "会员", "订户"),
            flow="in",
            given=Given(
                label=N_("customers from then on"),
                help=N_("The new number; with a sign, `+20`, what it brings."),
                columns=("customers", "members", "subscribers", "客户数", "会员数"),
            ),
            example="20",
        ),
    ] = 0.0
    fee_per_month: Annotated[
        Amount,
        Key(
            label=N_("fee a month"),
            ask=N_("Fee of a customer a month"),
            help=N_("What each who stays pays every month; the margin is taken of it, too."),
            unit="money",
            step=1,
            synonyms=("fee", "subscription", "monthly_fee", "arpu", "月费"),
            flow="in",
            given=Given(
                label=N_("fee a month from then on"),
                columns=("fee per month", "monthly fee", "subscription", "每月费用", "月费"),
            ),
            example="39",
        ),
    ] = 0.0
    churn_per_month: Annotated[
        Share,
        Key(
            label=N_("churn a month"),
            ask=N_("Churn a month"),
            help=N_("Share of the customers who leave within a month."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            synonyms=("churn", "churn_rate", "attrition", "流失率"),
            flow="out",
            given=Given(
                label=N_("churn a month from then on"),
                columns=("churn per month", "churn", "每月流失率", "流失率"),
            ),
            example="0.05",
        ),
    ] = 0.0
    referrals_per_month: Annotated[
        Share,
        Key(
            label=N_("referrals a month"),
            ask=N_("Word of mouth a month"),
            help=N_("New customers that each customer brings within a month."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            synonyms=("referrals", "word_of_mouth", "viral", "口碑"),
            flow="in",
            given=Given(
                label=N_("referrals a month from then on"),
                columns=("referrals per month", "referrals", "word of mouth", "每月口碑", "口碑"),
            ),
            example="0.04",
        ),
    ] = 0.0
    most_customers: Annotated[
        Amount | None,
        Key(
            label=N_("most customers"),
            ask=N_("Most customers"),
            help=N_("Seats, or the size of the market: there are never more."),
            empty=N_("no limit"),
            synonyms=("seats", "capacity", "market", "max_customers", "上限"),
            flow="in",
            limit=True,
            given=Given(
                label=N_("most customers from then on"),
                columns=("most customers", "max customers", "seats", "客户上限", "座位数"),
            ),
            example="300",
        ),
    ] = None
    reach_growth_per_month: Annotated[
        Share,
        Key(
            label=N_("growth of the reach a month"),
            ask=N_("Growth of the reach a month"),
            help=N_("By this share the people reached a week become more within a month."),
            unit="share",
            slide=(0, 1),
            step=0.01,
            synonyms=("growth", "growth_rate", "reach_growth", "增长率"),
            flow="in",
            given=Given(
                label=N_("growth of the reach a month from then on"),
                columns=("reach growth per month", "growth per month", "每月增长", "触达增长"),
            ),
            example="0.1",
        ),
    ] = 0.0
    most_reach_per_week: Annotated[
        Amount | None,
        Key(
            label=N_("most people reached a week"),
            ask=N_("Most people reached a week"),
            help=N_("The growth of the reach ends there."),
            empty=N_("no limit"),
            synonyms=("max_reach", "reach_limit"),
            flow="in",
            limit=True,
            given=Given(
                label=N_("most people reached a week from then on"),
                columns=("most reach per week", "max reach", "触达上限"),
            ),
            example="2000",
        ),
    ] = None
    paid_after_weeks: Annotated[
        Weeks,
        Key(
            label=N_("weeks until customers pay"),
            ask=N_("Customers pay after … weeks"),
            help=N_("Terms of payment: what is sold today is money so many weeks later."),
            unit="weeks",
            step=1,
            synonyms=("terms", "payment_terms", "pays_after", "payment_days", "账期"),
            flow="out",
            given=Given(
                label=N_("weeks until customers pay from then on"),
                columns=("paid after weeks", "payment terms", "账期"),
            ),
            example="6",
        ),
    ] = 0
    stock_weeks: Annotated[
        Weeks,
        Key(
            label=N_("weeks of sales kept in stock"),
            ask=N_("Stock for … weeks of sales"),
            help=N_("Goods (price less margin) are paid that far ahead of their sale."),
            unit="weeks",
            step=1,
            synonyms=("lead_weeks", "inventory_weeks", "stock_cover", "备货"),
            flow="out",
            given=Given(
                label=N_("weeks of sales kept in stock from then on"),
                columns=("stock weeks", "weeks of stock", "备货周数"),
            ),
            example="8",
        ),
    ] = 0
    minimum_order: Annotated[
        Amount,
        Key(
            label=N_("smallest order of goods"),
            ask=N_("Smallest order of goods"),
            help=N_("What the supplier sells at least at a time; the rest lies in stock."),
            unit="money",
            step=100,
            synonyms=("moq", "min_order", "minimum_order_quantity", "起订量"),
            flow="out",
            given=Given(
                label=N_("smallest order of goods from then on"),
                columns=("minimum order", "smallest order", "moq", "起订量"),
            ),
            example="3000",
        ),
    ] = 0.0
    stock: Annotated[
        Amount,
        Key(
            label=N_("goods in stock"),
            ask=N_("Goods in stock today"),
            help=N_("At what they cost; they are sold before new ones are bought."),
            unit="money",
            step=100,
            synonyms=("inventory", "stock_value", "库存"),
            flow="in",
            given=Given(
                label=N_("goods in stock from then on"),
                columns=("stock", "inventory", "库存"),
                help=N_("The new value; with a sign, `+500`, what it brings."),
            ),
            example="2500",
        ),
    ] = 0.0
