### The eight questions asked before and after

## Headings

pulse-about-customers = IT and its customers
pulse-about-cooperation = IT and the other departments

## Customers

pulse-question-promise = What IT promises gets done, and on time.
pulse-question-posted = People waiting for IT are kept informed.
pulse-question-understands = IT understands what its customers need for their work.
pulse-question-overall = How would you score IT's service?

## Cooperation

pulse-question-result = IT and the other departments work towards the same result.
pulse-question-unasked = IT and the other departments help each other unasked.
pulse-question-matters = IT and the other departments know what matters to each other.
pulse-question-talking = When something goes wrong between departments, people talk first.

## Scales

pulse-scale-1 = 1 · hardly ever
pulse-scale-2 = 2 · now and then
pulse-scale-3 = 3 · about half the time
pulse-scale-4 = 4 · usually
pulse-scale-5 = 5 · nearly always
pulse-scale-hint-0-10 = 0 is very poor, 10 is excellent.
