"""Words that tell the anonymiser what it is looking at. All in lower case."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Proper names and short forms of the trade, of the calendar and of places as adjectives: they
# identify nobody.
TERMS = _words(
    """
    ai ml dl llm llms nlp cv asr tts ocr gpu gpus cpu cpus tpu tpus ram ssd api apis sdk ui ux
    qa sql nosql json yaml csv xml html http https rest grpc rpc url urls sla slas slo slos kpi
    kpis roi ctr cvr cpc cpm ecpm ltv arpu mau dau wau auc roc prc pr mae mse rmse mape smape
    ndcg mrr map iou bleu rouge f1 r2 l1 l2 k8s ci cd etl elt ab aa id ids ip os pc tv usb pdf
    faq gdpr pii hipaa ccpa sox iso ok okay us uk eu ios android linux windows mac unix bash git
    github gitlab docker kubernetes terraform airflow kafka spark flink beam hadoop hive presto
    trino snowflake bigquery redshift postgres postgresql mysql sqlite mongodb redis memcached
    cassandra dynamodb elasticsearch opensearch lucene solr faiss annoy hnsw scann milvus
    pinecone weaviate qdrant python java scala kotlin swift rust golang javascript typescript
    react node c++ r julia matlab pytorch tensorflow keras jax sklearn scikit numpy pandas
    polars dask ray xgboost lightgbm catboost onnx tensorrt triton torchserve bentoml seldon
    mlflow kubeflow sagemaker vertex databricks feast tecton wandb tensorboard jupyter grafana
    prometheus datadog aws gcp azure s3 ec2 lambda bert roberta deberta gpt chatgpt llama
    mistral claude gemini t5 clip vit resnet efficientnet mobilenet yolo unet lstm gru rnn cnn
    gan vae moe lora qlora rlhf dpo ppo sft rag word2vec glove fasttext transformer transformers
    adam adamw sgd relu softmax sigmoid shap lime bm25 tfidf tf idf p50 p90 p95 p99 top-k
    k-means knn svm pca tsne umap arima prophet bayes bayesian gaussian poisson bernoulli markov
    monte carlo pareto zipf kl js wasserstein thompson ucb linucb kalman fourier monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ramadan diwali halloween english german
    french spanish italian portuguese dutch russian chinese japanese korean hindi arabic turkish
    polish swedish european american british indian african asian latin i i'm i'd i've i'll
    """
)

# Employers that people name. Those that are words as well are looked for where one works.
ORGANISATIONS = _words(
    """
    google deepmind alphabet facebook instagram whatsapp microsoft linkedin netflix spotify
    airbnb tesla nvidia intel amd qualcomm samsung sony huawei tencent alibaba baidu bytedance
    tiktok openai anthropic cohere salesforce adobe ibm cisco sap accenture deloitte kpmg pwc
    mckinsey bcg bain infosys wipro tcs cognizant capgemini thoughtworks zalando klarna
    booking.com expedia tripadvisor paypal revolut monzo wise n26 coinbase robinhood goldman
    jpmorgan blackrock citadel doordash instacart deliveroo grubhub lyft pinterest snapchat
    reddit quora palantir walmart ikea siemens bosch bmw volkswagen mercedes renault airbus
    boeing pfizer novartis roche astrazeneca flipkart swiggy zomato paytm mercadolibre rakuten
    yandex ebay etsy shopify wayfair stanford berkeley harvard princeton caltech oxford
    cambridge eth epfl mit cmu
    """
)
ORGANISATIONS_THAT_ARE_WORDS = _words(
    """
    meta apple amazon uber stripe square block oracle target shell orange zoom slack box visa
    bolt twitter x discord notion asana gap chase discover capital scale together perplexity
    character
    """
)

# Given names that are words: only where a name is to be expected.
NAMES_THAT_ARE_WORDS = _words(
    """
    will mark may rose grace hope faith joy art bill chase drew frank grant jack dean rich
    summer april june august guy max pat rob sue dot ray gene miles page chance christian dale
    eve earl duke glen iris ivy jade lance lane lily mason melody norm opal paris penny pearl
    reed ruby sage skip stone violet wade ward clay cliff brook carol charity cherry crystal
    dawn destiny diamond drake forest ginger harmony heather holly hunter jasper jean jewel
    justice kitty major marina mercy olive patience price prince robin rocky royal rusty sandy
    scout sonny sterling star taylor trinity van young bob buddy cash colt deal dell denim fox
    happy honey king mac nova oak ming mina vera alba aura sol urban jay
    """
)

# What may be the second word of a company's name.
PARTS_OF_COMPANIES = _words(
    """
    analytics health robotics systems bank banking labs media games motors energy insurance
    logistics pharma software solutions capital partners group studios financial finance foods
    airlines telecom mobile networks security cloud data ai bio biosciences therapeutics
    technology technologies research consulting ventures retail fashion travel payments
    """
)

# What a company's name ends in.
SUFFIXES = (
    "inc|incorporated|ltd|limited|llc|llp|plc|corp|corporation|gmbh|ag|kg|bv|oy|ab|sa|sas|srl|spa|"
    "pty|technologies|labs|laboratories|holdings|ventures|consulting|university|institute|college"
)

SMALL_NUMBERS = _words("zero one two three four five six seven eight nine ten eleven twelve")
DIGITS = _words("zero oh one two three four five six seven eight nine double triple")
LARGE_NUMBERS = _words(
    """
    thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million billion trillion
    """
)

# Words of everyday speech, so that none of them is taken for a name.
EVERYDAY = _words(
    """
    a about after again all also although always am an and another any anybody anyone anything
    are around as ask asked at away back bad basically be because been before behind being best
    better big both bring but by call came can cannot can't come could couldn't day did didn't
    do does doesn't doing done don't down during each either else enough even ever every
    everybody everyone everything exactly fair far feel few find fine first for found from fun
    further gave general get getting give go goes going gone good got great guess had hadn't
    half happy hard has hasn't have haven't having he hello help her here hers hey hi him
    himself his honestly hope how however i if in instead interesting into is isn't it its it's
    itself join joined just keep kind knew know known last later lately least leave left less
    let let's like likely little long look lot love lovely made make many may maybe me mean
    means meant meet mhm might mine more morning most mostly much must my myself name named near
    need never new next nice no nobody none nor not nothing now obviously of off often oh old on
    once one only or other others ought our ours out over own pardon part perhaps please pleased
    point pretty probably put quite rather really regarding right said same saw say says see
    seem seems seen she should shouldn't since small so some somebody someone something
    sometimes somewhere sorry sort sounds speak speaking start started still stuff such sure
    take talk tell than thank thanks that that's the their theirs them themselves then there
    these they thing things think third this those though thought through till time to today
    together told tomorrow too took toward towards tried true try two type uh uhm um under
    unless until up upon us use used using usually very want was wasn't way we week well went
    were weren't what when where whether which while who whom whose why will with within without
    won't work worked working works would wouldn't wow yeah year years yep yes yesterday yet you
    your yours yourself hmm hm company startup team teammate colleague colleagues manager boss
    mentor lead friend engineer engineers scientist scientists office home remote school
    university college degree phd master masters internship intern job jobs role city town
    country street road mail email phone call number address website page link text message
    tired excited nervous curious ready unfamiliar unsure afraid glad confident comfortable
    aware based late early done stuck scale production night noon midnight peak dinner lunch
    worst max min server
    servers harm
    """
)
