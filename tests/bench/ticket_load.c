/* Kiosks that ask for tickets over keep-alive connections, as quickly as one thread can.
 *
 * ticket_load PORT KIOSKS COOKIE RUN, then commands on its standard input, one a line:
 *   take TOTAL   each kiosk asks for the next ticket as soon as it has the last, TOTAL in all;
 *                answers "COUNTED SECONDS": the tickets between the first round and the last, and
 *                how long they took (a round is one ticket of each kiosk)
 *   leave        everybody who was given a ticket since leaves the line; answers "LEFT 0"
 * RUN makes the idempotency keys of this run its own. An answer that is no success ends it.
 */

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { KIOSKS_MAX = 256, SECRET_MAX = 40, GIVEN_MAX = 1 << 16 };
enum { BUFFER = 8192, REQUEST_MAX = 1024 };

static const char *SERVICES[] = {"A01", "B01", "C01", "F01", "L01", "W01"};
enum { SERVICES_COUNT = 6 };

struct kiosk {
    int socket;
    size_t filled;
    char buffer[BUFFER];
};

static struct kiosk kiosks[KIOSKS_MAX];
static int kiosk_count, epoll_file;
static const char *cookie, *run;
static char given[GIVEN_MAX][SECRET_MAX];
static long given_count, asked_ever;

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "%s: %s\n", what, detail);
    exit(1);
}

static double now_s(void) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static void open_kiosk(struct kiosk *kiosk, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = kiosk};
    int at_once = 1;
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    kiosk->socket = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(kiosk->socket, (struct sockaddr *)&address, sizeof address) != 0)
        fail("no connection", "the server does not listen");
    setsockopt(kiosk->socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    epoll_ctl(epoll_file, EPOLL_CTL_ADD, kiosk->socket, &event);
}

static void send_post(struct kiosk *kiosk, const char *path, const char *body) {
    char text[REQUEST_MAX];
    int length = snprintf(
        text, sizeof text,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        "Accept: application/json\r\nContent-Type: application/json\r\nCookie: %s\r\n"
        "Idempotency-Key: %s-%ld\r\nContent-Length: %zu\r\n\r\n%s",
        path, cookie, run, asked_ever++, strlen(body), body);
    if (send(kiosk->socket, text, (size_t)length, MSG_NOSIGNAL) != length)
        fail("not sent", path);
}

static void ask_for_ticket(struct kiosk *kiosk) {
    char body[80];
    snprintf(body, sizeof body, "{\"service\": \"%s\", \"language\": \"vi\"}",
             SERVICES[asked_ever % SERVICES_COUNT]);
    send_post(kiosk, "/kiosk/tickets", body);
}

static void leave_line(struct kiosk *kiosk, const char *secret) {
    char path[SECRET_MAX + 24];
    snprintf(path, sizeof path, "/t/%.*s/cancellations", SECRET_MAX, secret);
    send_post(kiosk, path, "{}");
}

static const char *after(const char *text, const char *mark) {
    const char *found = strcasestr(text, mark);
    return found ? found + strlen(mark) : NULL;
}

/* The body of the whole answer in the buffer; NULL while more is to come. */
static const char *read_answer(struct kiosk *kiosk) {
    ssize_t got = recv(kiosk->socket, kiosk->buffer + kiosk->filled, BUFFER - 1 - kiosk->filled, 0);
    if (got <= 0)
        fail("the server went away", "or its answer is too long");
    kiosk->filled += (size_t)got;
    kiosk->buffer[kiosk->filled] = 0;
    char *head_end = strstr(kiosk->buffer, "\r\n\r\n");
    const char *length = after(kiosk->buffer, "content-length:");
    if (!head_end || !length)
        return NULL;
    if ((size_t)(head_end + 4 - kiosk->buffer) + (size_t)atol(length) > kiosk->filled)
        return NULL;
    kiosk->filled = 0;
    if (kiosk->buffer[9] != '2')
        fail("refused", kiosk->buffer);
    return head_end + 4;
}

static void note_secret(const char *body) {
    const char *secret = after(body, "\"secret\":\"");
    size_t length = secret ? strcspn(secret, "\"") : 0;
    if (!length || length >= SECRET_MAX || given_count == GIVEN_MAX)
        fail("no ticket", body);
    memcpy(given[given_count], secret, length);
    given[given_count++][length] = 0;
}

static void take(long total) {
    long asked = 0, answered = 0;
    double began_s = now_s(), ended_s = began_s;
    struct epoll_event events[KIOSKS_MAX];
    for (; asked < kiosk_count && asked < total; asked++)
        ask_for_ticket(&kiosks[asked]);
    while (answered < total) {
        int ready = epoll_wait(epoll_file, events, KIOSKS_MAX, -1);
        for (int i = 0; i < ready; i++) {
            struct kiosk *kiosk = events[i].data.ptr;
            const char *body = read_answer(kiosk);
            if (!body)
                continue;
            note_secret(body);
            answered++;
            if (answered == kiosk_count)
                began_s = now_s();
            if (answered == total - kiosk_count)
                ended_s = now_s();
            if (asked < total) {
                ask_for_ticket(kiosk);
                asked++;
            }
        }
    }
    printf("%ld %.6f\n", total - 2 * kiosk_count, ended_s - began_s);
}

static void leave(void) {
    long asked = 0, answered = 0, all = given_count;
    struct epoll_event events[KIOSKS_MAX];
    for (; asked < kiosk_count && asked < all; asked++)
        leave_line(&kiosks[asked], given[asked]);
    while (answered < all) {
        int ready = epoll_wait(epoll_file, events, KIOSKS_MAX, -1);
        for (int i = 0; i < ready; i++) {
            struct kiosk *kiosk = events[i].data.ptr;
            if (!read_answer(kiosk))
                continue;
            answered++;
            if (asked < all)
                leave_line(kiosk, given[asked++]);
        }
    }
    given_count = 0;
    printf("%ld 0\n", all);
}

int main(int count, char **arguments) {
    char command[64];
    long total;
    if (count != 5)
        fail("usage", "ticket_load PORT KIOSKS COOKIE RUN");
    kiosk_count = atoi(arguments[2]);
    cookie = arguments[3];
    run = arguments[4];
    epoll_file = epoll_create1(0);
    for (int i = 0; i < kiosk_count && i < KIOSKS_MAX; i++)
        open_kiosk(&kiosks[i], atoi(arguments[1]));
    while (fgets(command, sizeof command, stdin)) {
        if (sscanf(command, "take %ld", &total) == 1)
            take(total);
        else
            leave();
        fflush(stdout);
    }
    return 0;
}
