"""The complaints about other systems, and for each the tests that keep it out of this one.

`KEPT_OUT` is the list to look a complaint up in: in a few words what people complain of, and where
it is tried.
"""

KEPT_OUT = {
    "of two calls at once only the later one is seen or heard": (
        "display/test_calls.py::two_calls_within_100_ms_are_both_shown_and_both_spoken",
        "display/test_calls.py::twenty_calls_in_two_seconds_are_all_shown_and_said_in_order",
        "display/test_wall.py::it_gives_each_call_five_seconds",
        "display/test_voice.py::"
        "two_calls_at_once_are_said_one_after_the_other_and_each_twice_in_all",
    ),
    "nobody can tell whether a number was called already": (
        "display/test_regions.py::it_keeps_five_calls",
        "display/test_calls.py::a_flood_of_real_calls_ends_with_the_last_five_in_the_list",
        "floor/test_sheet.py::it_tells_where_a_ticket_is_that_waits_no_longer",
        "floor/test_care.py::it_finds_a_ticket_as_people_type_it",
        "browser/test_complaints.py::whoever_asks_whether_they_were_called_is_told",
    ),
    "a screen that was cut off goes on showing what was": (
        "live/test_conversation.py::it_gives_who_comes_back_the_truth_and_the_call_that_was_missed",
        "live/test_page.py::it_admits_silence_and_shows_the_truth_when_it_is_back",
        "display/test_wall.py::it_admits_that_it_hears_nothing_and_comes_back_with_the_truth",
        "floor/test_network.py::it_marks_what_is_old_and_shows_the_truth_afterwards",
        "browser/test_counter_cut_off.py::"
        "it_admits_that_it_is_behind_and_shows_the_truth_when_it_is_back",
    ),
    "two tellers call the same customer": (
        "faults/test_race.py::it_never_calls_one_customer_to_two_counters",
        "counter/test_annoyances.py::it_gives_two_tellers_who_press_together_two_customers",
        "counter/test_annoyances.py::it_gives_the_last_customer_to_one_teller_and_tells_the_other",
    ),
    "a double click calls two customers": (
        "counter/test_annoyances.py::it_calls_one_customer_when_the_button_is_clicked_twice",
        "counter/test_acts.py::it_takes_a_repeated_call_for_one",
        "test_branch.py::it_takes_a_double_tap_for_one_act",
        "browser/test_counter_cut_off.py::it_calls_one_customer_when_the_answer_is_lost",
    ),
    "two customers hold the same number": (
        "faults/test_crash.py::it_keeps_every_promise_when_it_is_killed",
        "kiosk/test_taking.py::it_gives_one_ticket_however_often_the_same_is_sent",
        "queueing/test_tickets.py::it_refuses_to_leave_a_gap",
    ),
    "numbers go wrong in the afternoon, when the day changes in Greenwich": (
        "queueing/test_taking.py::it_starts_again_at_one_after_the_branchs_midnight",
        "display/test_regions.py::its_day_changes_at_the_branchs_midnight_and_not_at_utcs",
        "counter/test_day.py::it_begins_a_new_page_at_the_branchs_midnight_not_at_greenwichs",
        "browser/test_complaints.py::a_day_begins_at_each_branchs_own_midnight",
    ),
    "somebody is said to wait, and nobody can be called": (
        "counter/test_annoyances.py::it_counts_exactly_whom_the_counter_can_call",
        "display/test_band.py::it_counts_exactly_those_who_can_be_called",
        "floor/test_hall.py::it_counts_as_waiting_whom_a_counter_can_call",
        "browser/test_complaints.py::every_screen_counts_whom_a_counter_can_call",
    ),
    "those who were served or left are still counted as load": (
        "counter/test_annoyances.py::it_counts_only_who_waits",
    ),
    "the people before one include those who were served": (
        "browser/test_complaints.py::nobody_is_before_one_but_who_still_waits",
    ),
    "whoever missed the call can never come back": (
        "counter/test_annoyances.py::it_lets_a_skipped_customer_come_back_behind_two_others",
        "queueing/test_returning.py::it_lets_a_returner_wait_behind_two_others",
        "queueing/test_returning.py::it_brings_back_once_and_within_a_quarter_of_an_hour",
        "queueing/test_absence.py::it_waits_for_the_grace_after_the_second_call",
    ),
    "without a printer the kiosk gives no numbers": (
        "kiosk/test_paper.py::it_shows_the_number_and_calls_somebody_once_when_nothing_prints",
        "kiosk/test_paper.py::it_never_loses_a_ticket_to_a_printer_without_an_address",
    ),
    "nobody can tell from a number whose turn it is": (
        "queueing/test_taking.py::it_gives_out_numbers_by_series",
        "browser/test_complaints.py::numbers_are_a_letter_and_digits_in_the_order_of_coming",
    ),
    "one cannot see the display from one's seat, and hears nothing": (
        "display/test_wall.py::it_can_be_read_from_five_metres",
        "display/test_voice.py::"
        "a_call_is_said_twice_in_the_language_of_the_ticket_then_twice_in_that_of_the_branch",
        "display/test_voice.py::a_call_is_said_with_no_network_once_the_page_is_there",
        "queueing/test_caring.py::it_calls_everybody_in_their_own_way",
    ),
    "people without a number are served first": (
        "browser/test_complaints.py::nobody_is_served_without_a_number",
    ),
    "nobody looks at the waiting area": (
        "floor/test_duty.py::it_says_when_nobody_is_on_lobby_duty",
        "floor/test_raised.py::it_raises_a_wait_past_its_promise",
        "floor/test_network.py::it_sounds_where_the_next_one_on_duty_is_after_a_minute",
    ),
    "premium customers go first without end, and ordinary ones starve": (
        "queueing/test_rule_a.py::nobody_is_passed_more_than_three_times",
        "queueing/test_order_bound.py::it_comes_to_budgets_that_are_used_up",
        "queueing/test_rule_a.py::premium_passing_switches_itself_off",
    ),
    "of two equals the later one is called": (
        "browser/test_complaints.py::of_equals_the_first_to_come_is_called_first",
    ),
    "the order is another one than was expected, and nobody says why": (
        "counter/test_annoyances.py::it_explains_an_order_that_was_not_expected",
        "counter/test_card.py::it_says_why_this_one",
        "web/test_why_words.py::the_waiting_read_their_promise_and_who_went_first",
        "waits/test_own_page.py::it_says_what_is_promised_and_in_which_order_we_call",
    ),
    "who was sent to a machine is booked as served there and then": (
        "reports/test_funnel.py::it_never_counts_accepted_as_done",
        "store/test_diversion.py::it_keeps_a_slip_that_nobody_confirmed_as_just_that",
    ),
    "those who gave up are a share of those who gave up": (
        "reports/test_measures.py::it_counts_as_abandoned_who_left_or_missed_the_call",
        "reports/test_measures.py::it_counts_who_left_too_late_among_those_not_served_in_time",
    ),
    "numbers are those of the database and grow for ever": (
        "queueing/test_taking.py::it_opens_the_day_with_its_first_ticket_and_not_twice",
        "browser/test_complaints.py::a_day_begins_at_each_branchs_own_midnight",
    ),
    "one is sent to a machine although a counter is free": (
        "kiosk/test_advice.py::it_mentions_no_machine_while_a_counter_is_free",
        "web/test_advice.py::it_offers_no_machine_while_a_counter_is_free",
    ),
    "a dozen dashboards, all of them red": (
        "floor/test_help.py::it_answers_who_needs_me_first_with_one_card",
        "floor/test_help.py::it_sorts_by_harm_and_folds_all_after_five",
        "floor/test_browser.py::it_makes_the_first_card_the_largest",
        "floor/test_network.py::it_sounds_once_a_minute_at_most",
        "browser/test_hall_walk.py::a_morning_passes_in_the_hall",
    ),
    "two tellers sit at one desk": (
        "counter/test_annoyances.py::it_keeps_two_tellers_off_one_desk_and_says_who_sits_there",
        "counter/test_annoyances.py::it_keeps_two_customers_off_one_teller",
    ),
    "a change to one ticket changes them all": (
        "counter/test_annoyances.py::it_moves_one_ticket_and_no_other",
        "browser/test_complaints.py::nothing_but_a_machine_overwrites_anything",
    ),
}
