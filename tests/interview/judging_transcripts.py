"""Answers of candidates at four levels, weakest first, and answers that are none.

The built-in judge was tuned on these; how good it is on others is measured elsewhere."""

from __future__ import annotations

Said = list[tuple[str, str]]

FEED: list[Said] = [
    [
        ("good_feed", "A good feed is one where people click a lot. So I'd maximise clicks."),
        ("north_star", "Probably engagement. Engagement is what everybody uses."),
        ("ml_task", "I'd use a deep neural network, a transformer or something like that."),
        ("examples", "I'd take the likes as labels and train on all of it."),
        ("big_picture", "The app calls the model and the model returns the posts."),
        ("network_test", "I don't think it's hard. I would launch it and see what happens."),
        ("loops", "I'm not sure. I think it just gets better over time with more data."),
    ],
    [
        (
            "good_feed",
            "I'd look at engagement, likes and comments mainly. Of course engagement isn't "
            "everything, satisfaction matters too.",
        ),
        ("north_star", "Retention, I would say. People should come back to the app."),
        (
            "examples",
            "We have impressions, so every impression is an example, and a like is a positive. "
            "There's position bias in that, and labels come with a delay.",
        ),
        (
            "architecture",
            "A two tower model with embeddings for the user and the post. It's a common choice.",
        ),
        (
            "big_picture",
            "First there's candidate generation, and then a ranking model. We'd have a cache as "
            "well, so that it's fast.",
        ),
        ("network_test", "I'd run an A/B test for two weeks and look at engagement."),
        ("loops", "You can get filter bubbles and clickbait, so we need some diversity."),
    ],
    [
        (
            "good_feed",
            "I'd call a feed good when people don't regret the visit. Clicks are a poor proxy for "
            "that, because clickbait wins clicks and leaves people annoyed. So I'd predict likes, "
            "comments and hides, with the survey answers as a check on satisfaction.",
        ),
        (
            "north_star",
            "Weekly retention, with guardrails on hides and on latency. Retention moves slowly, "
            "so for an experiment I'd use sessions per week as a proxy.",
        ),
        (
            "examples",
            "Every impression that was on screen for at least half a second is an example. The "
            "label is whether there was a like within a day. I'd sample the negatives down to one "
            "in ten, and since the top positions get more likes, I'd add the position as a "
            "feature in training and fix it when serving.",
        ),
        (
            "architecture",
            "I'd share the lower layers and have one head for each action, because comments are "
            "rare and can borrow from likes. The baseline would be gradient boosted trees on the "
            "same features. Then I'd calibrate each head, as the value function adds them up.",
        ),
        (
            "big_picture",
            "From fifteen hundred posts, a light ranker keeps three hundred in about thirty "
            "milliseconds, and the big model scores those within a hundred and fifty. Popular "
            "posts come from a cache. If the ranker is down, we fall back to newest first.",
        ),
        (
            "network_test",
            "Because what I see depends on my friends. If half of them post more, I'm affected "
            "although I'm in the control group. I'd randomise by clusters of friends and compare "
            "retention after four weeks.",
        ),
        (
            "loops",
            "The model only learns from what it chose to show, so it gets narrower. I'd keep two "
            "percent of the slots for exploration and measure how diverse the feed is per person.",
        ),
    ],
    [
        (
            "good_feed",
            "One you'd choose again the next morning. Engagement is what we can measure today, "
            "but time spent also goes up when people are angry or stuck, so it's a proxy that can "
            "turn against us. I'd take a weighted set of predicted actions, with hides and reports "
            "as negatives, and fit the weights so that they predict the survey and the retention "
            "eight weeks later. If that correlation falls below what we saw last quarter, the "
            "proxy has been gamed and we go back to the survey.",
        ),
        (
            "north_star",
            "Retention at four weeks. It's too slow to steer on, it needs a month and most "
            "launches move it by less than a tenth of a percent. So I'd keep a long-term holdout "
            "of one percent and check twice a year whether the short-term proxies still agree.",
        ),
        (
            "examples",
            "The unit is an impression seen for at least half a second, logged with its position "
            "and the score at serving time, so that training features equal serving features. "
            "Likes arrive within an hour, but comments take a day, so I'd train with a window of "
            "one hour and correct for the late ones with an importance weight. Position bias I'd "
            "estimate from one percent of randomised traffic, which costs us some engagement, but "
            "without it the propensity can't be identified for posts that were never on top.",
        ),
        (
            "architecture",
            "A multi-task network with a shared bottom, or a mixture of experts if the tasks "
            "fight. They will: likes and hides pull the embedding in different directions, which "
            "shows up as a worse loss on hides when I add a task. A boosted tree per action is "
            "the baseline and much cheaper to serve, so the network has to win at least one "
            "percent of log loss. The value model's weights matter more than the architecture, "
            "since a doubled weight on comments would fill the feed with quarrels.",
        ),
        (
            "big_picture",
            "Eight thousand requests a second with four hundred milliseconds. Candidate "
            "generation merges follows and strangers, about fifteen hundred, in fifty "
            "milliseconds. A light ranker cuts to two hundred, and the heavy one takes a hundred "
            "and twenty. Fan-out on write works for normal accounts, but someone with ten million "
            "followers would cause ten million writes, so those are pulled at read time instead. "
            "When the feature store times out we serve with default features rather than fail, "
            "and alert once more than half a percent of requests do that.",
        ),
        (
            "network_test",
            "There's interference: treated authors post more, and their friends in control see "
            "it, so the effect is underestimated. Cluster randomisation fixes part of that at the "
            "price of power, since we'd have maybe two thousand clusters instead of millions of "
            "users. And a novelty effect fades after two or three weeks, so I'd look at the daily "
            "curve rather than at the mean, and leave a holdout running.",
        ),
        (
            "loops",
            "It learns its own taste. An author who was never shown has no data, so stays at the "
            "prior forever. I'd give exploration slots by Thompson sampling and pay about half a "
            "percent of engagement for it. For people who slide into a narrow topic I'd track the "
            "entropy of topics per user, by age group, because the average looks fine while the "
            "worst five percent get nothing else. That limits reach for some creators, and I'd "
            "rather explain that to them than hide it.",
        ),
    ],
]
BASICS: list[Said] = [
    [
        ("smell", "It sounds good to me. If it's nearly perfect, I'd use it."),
        ("yardstick", "Accuracy. That's the usual one."),
        ("family", "I'd take XGBoost. I always take XGBoost."),
        ("rein_in", "That's overfitting, so I'd need more data."),
        ("honest_numbers", "The model outputs a probability, so it should be right."),
        ("is_it_real", "If it's higher, it's better."),
    ],
    [
        (
            "smell",
            "I'd ask how the test set was made. Maybe there's some leakage somewhere, it looks "
            "too good.",
        ),
        ("what_for", "I think a probability, and then a threshold on it."),
        ("yardstick", "Precision and recall, or the AUC, because the classes are imbalanced."),
        ("family", "Gradient boosting works well on tables. A random forest is fine too."),
        (
            "rein_in",
            "That's overfitting. You can add regularisation, or dropout, or use early stopping.",
        ),
        ("honest_numbers", "You could look at calibration with a reliability plot."),
        ("is_it_real", "I would check whether it's significant with a test."),
    ],
    [
        (
            "smell",
            "I'd ask when each column is written down. Chair minutes are only known after the "
            "visit, so that's a leak and it would explain the score. And I'd split by time, with "
            "all rows of a patient on the same side, because people appear four or five times.",
        ),
        (
            "what_for",
            "There are two uses. For the twenty calls only the order matters, so a ranking is "
            "enough. For booking a chair twice we need a probability, because an empty chair "
            "costs eighty and two people in front of it cost a hundred and fifty.",
        ),
        (
            "yardstick",
            "Precision among the top twenty for the calls, since that's what the receptionists "
            "can do in a day. For double booking I'd use log loss, which punishes a confident "
            "wrong probability.",
        ),
        (
            "family",
            "Boosted trees, because it's a small table with missing values and interactions. I'd "
            "compare it with a logistic regression, which the head of a clinic can read.",
        ),
        (
            "rein_in",
            "I'd draw a learning curve. If the gap between training and test closes with more "
            "rows, it's variance, so shallower trees and a smaller learning rate help. If both "
            "are bad, it's bias and I'd add features instead.",
        ),
        (
            "honest_numbers",
            "Take all appointments that got about thirty percent and count how many were missed. "
            "With ten bins that's a reliability curve. If it's off, isotonic regression on a "
            "held-out month repairs it without changing the order.",
        ),
        (
            "is_it_real",
            "Half a patient on twenty calls is little. I'd bootstrap by patient and look at the "
            "interval of the paired difference, because rows of one patient aren't independent.",
        ),
    ],
    [
        (
            "smell",
            "When is each column filled in? Chair minutes comes after the visit, so it's the "
            "label in disguise, and the note often too. Then the random split: the same patient "
            "is on both sides, so the trees can recognise people. I'd cut at the first of a month "
            "and group by patient. There's a subtler one: if a clinic's average miss rate is "
            "computed on all rows, the test leaks in through the encoding, so it has to be fitted "
            "inside each fold. And I'd expect the honest AUC at about point seven; if it's still "
            "above point nine, I haven't found everything.",
        ),
        (
            "what_for",
            "Two things. The calls need an order, the top twenty of eighty, and there calibration "
            "doesn't matter. Double booking needs a probability, with a threshold from the costs: "
            "an empty chair is eighty, a collision a hundred and fifty, so I'd book twice only "
            "above about two thirds. Today's rule finds three in ten, that's the baseline. If "
            "calls turned out to cost thirty rather than three, I'd drop the list and only do "
            "the overbooking.",
        ),
        (
            "yardstick",
            "For the list, recall at twenty calls a day, which ignores everything below the cut. "
            "For the probabilities, log loss and a reliability curve. AUC mixes in pairs that "
            "nobody will ever call, so two models with the same AUC may differ by a lot in the "
            "top twenty. If the probabilities are off I'd use Platt scaling, since isotonic "
            "overfits with only a thousand positives and makes ties that change the order.",
        ),
        (
            "family",
            "Boosted trees with depth three or four. With forty thousand rows and nine thousand "
            "patients there isn't much more signal than that. They fit the residuals step by "
            "step, so with too many rounds they start to chase label noise, for example the "
            "clinic that marks cancellations as missed. A forest averages instead and fails more "
            "gently, but its probabilities are pulled to the middle. Logistic regression loses "
            "maybe two points, and it's what I'd ship if the office manager has to look after it.",
        ),
        (
            "rein_in",
            "First I'd rule out a leak between folds. Then a learning curve: if the validation "
            "loss still falls with more rows, it's variance. I'd predict that shallower trees "
            "raise the training loss and lower the test loss; if the test loss rises as well, my "
            "diagnosis was wrong. The picture breaks with the time split, where a gap can be "
            "drift rather than overfitting, because reminders started in the second year.",
        ),
        (
            "honest_numbers",
            "Collect the appointments that were given about thirty percent and see if three in "
            "ten were missed. With four hundred in a bin the standard error is about two points, "
            "so twenty-eight is fine and twenty is not. I'd look per clinic too, because it can "
            "be right on average and wrong in the two new ones.",
        ),
        (
            "is_it_real",
            "On eighty days, half a patient is forty patients. I'd use a paired bootstrap that "
            "resamples patients, not rows, since their visits are correlated, and ask if the "
            "interval excludes zero. I'd also retrain with five seeds, because the spread from "
            "the seed alone may be larger. And once the calls work, next year's data has fewer "
            "misses among the people we called, so I'd leave ten percent uncalled at random.",
        ),
    ],
]
STORIES: list[Said] = [
    [
        ("go_back", "I guess so. Somebody should do something about it."),
        ("jonas", "He's wrong. I'd tell his manager."),
        ("own_launch", "The team had an outage once. It was because of another team."),
        ("the_row", "I don't really have disagreements, people usually see that I'm right."),
        ("lena", "I'd tell her that it's not so bad."),
        ("it_stung", "I can't think of anything."),
    ],
    [
        (
            "go_back",
            "Yes, I would roll it back, because there are many complaints. I'd ask the team first.",
        ),
        ("jonas", "I'd show him the numbers and tell him that it isn't noise."),
        (
            "own_launch",
            "We had a ranking model that broke after a release. The team fixed it, and I helped "
            "with the data. It was fine after some days.",
        ),
        (
            "the_row",
            "We disagreed about using a neural network. In the end my manager decided, and we "
            "used the simpler one.",
        ),
        ("lena", "I'd say that everybody makes mistakes and that I can help her."),
        ("it_stung", "My feedback was that I talk too little in meetings. I try to talk more."),
        ("fog", "The goal was unclear, so we asked the product manager, and then it was better."),
    ],
    [
        (
            "go_back",
            "Yes, and now. Riders have fallen and they lose their bonus, and a rollback can be "
            "undone in ten minutes, while an injury can't. I'm on call, so I may decide it. It "
            "costs us four percent of orders for two days, and I'd take that.",
        ),
        (
            "jonas",
            "I'd call him rather than write. I'd say that I understand he sees seven towns doing "
            "better, and then show him the two towns by hour, because the new map explains both. "
            "I'd ask what he would need to see to change his mind.",
        ),
        (
            "own_launch",
            "Two years ago I shipped a churn model without a shadow week. I had changed the "
            "feature window and didn't tell anyone, so the scores were wrong for three days and "
            "about two thousand customers got a discount by mistake. I rolled it back, wrote the "
            "post-mortem and said that it was my fault. Since then I don't release without a "
            "comparison of score distributions.",
        ),
        (
            "the_row",
            "A colleague wanted a graph network and I wanted boosted trees. It got loud. I asked "
            "him to list what would convince him, and we agreed on a test: two weeks each, same "
            "data. His was better by one percent but took a day to retrain, so we kept mine, and "
            "he wrote the evaluation.",
        ),
        (
            "lena",
            "I'd ring her, since a text can be read coldly. I'd tell her that she asked about the "
            "shadow week and nobody replied, so that's on us and not on her. And I'd ask her to "
            "sit with me while I roll it back, so that she sees how it's done.",
        ),
        (
            "it_stung",
            "My manager told me that I answer before people have finished. I was hurt, because I "
            "thought I was being quick. I asked two colleagues, and they agreed. Now I write down "
            "my point and wait, and in the last review somebody said that it had changed.",
        ),
        (
            "fog",
            "We were to build something with language models for support. I sat with five agents "
            "for two days and found that a third of their time went into looking up orders. So I "
            "narrowed it to that, with a goal of ten percent shorter calls. After the first "
            "version it was eight percent against a control group.",
        ),
    ],
    [
        (
            "go_back",
            "Yes, in all nine towns, within the hour. What decides it for me is what can't be "
            "undone: a rider with a broken arm. The four percent come back when we relaunch, "
            "though I don't know how much of it is the model and how much the weekend, since "
            "there's no control. The option of switching only two towns takes half a day, so I'd "
            "ask for that in parallel and not wait for it. I'd write to Mara and Tomas before I "
            "press the button and say that it's my decision as on call. And on Monday I'd ask "
            "that the riders get their bonus back, because otherwise they pay for our mistake.",
        ),
        (
            "jonas",
            "From his side it's a good model, seven towns improved, and someone attacks it on his "
            "daughter's birthday. So I'd start with that. I'd say what I see and what I don't "
            "know, and that I roll back for the riders and not because his model is bad. Then "
            "I'd ask him on Sunday evening to look at the map change with me. If he shows me that "
            "it is noise, I'll say so in front of the same people.",
        ),
        (
            "own_launch",
            "I broke the price forecasts in my second year. I had joined on a date without the "
            "time zone, so each night from ten to midnight got the wrong day. It took nine days "
            "until a shop owner noticed, and we'd ordered for about sixty thousand euros too "
            "much. I called her myself, then I told the team in one page: what I did, why my "
            "test couldn't see it. I noticed that I'd made the same kind of mistake before: I "
            "trust a join when the row count fits. So I built a check that compares keys by "
            "hour, and three other teams use it now. It has caught two of theirs.",
        ),
        (
            "the_row",
            "With the lead of another team, about whether we share one feature store. I thought "
            "he was protecting his turf. I asked him to explain it to me as if I had to defend "
            "it, and he had a point I had missed: their latency was ten milliseconds and ours "
            "would have doubled it. I told my own team that I'd been wrong on that. We split it, "
            "shared definitions and separate serving. It was slower to build by a month, and I'd "
            "still do it, because we work together to this day and he asks me for reviews.",
        ),
        (
            "lena",
            "I'd call, not write. First that nobody is let go for pressing a button that four "
            "people had agreed to, and I'd check that with Ines before I promise it. Then that "
            "she asked the right question in the chat and we left it without an answer, which is "
            "what I'd put into the review, with credit to her. I'd let her run the rollback with "
            "me on the phone, as she'll trust herself more for having fixed it. Next month I'd "
            "want her to rewrite the launch list, so that a question without a reply stops it.",
        ),
        (
            "it_stung",
            "That my reviews make people small. It came from a junior I liked, and for a day I "
            "was angry. Then I read twenty of my own reviews and counted: sixteen were orders. I "
            "apologised to her, asked her to tell me when I do it, and began to write what I'd "
            "wonder about instead. After half a year her changes needed two rounds instead of "
            "four. I still slip when I'm under pressure, so I don't review after eight.",
        ),
        (
            "fog",
            "The board wanted something with AI for the warehouse. Nobody could say what for. I "
            "spent three days with pickers and timed them: forty percent of the time went into "
            "walking to empty shelves. I proposed one goal, fewer empty walks, from eighteen to "
            "ten percent, in one hall with the other as the baseline. We got to twelve. Part of "
            "that was a new shelf plan, so I claimed four points and not six. Two other ideas of "
            "mine I stopped after two weeks, because nobody's walk changed.",
        ),
    ],
]
LADDERS: dict[str, list[Said]] = {
    "feed-ranking": FEED,
    "ml-fundamentals": BASICS,
    "behavioural": STORIES,
}
